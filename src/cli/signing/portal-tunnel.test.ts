import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createPortal, Agent as HttpAgent, type Server } from 'node:http';
import { createServer as createService } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { sendByHttp1 } from './http1-request.ts';
import { TunnelAgent, TunnelError } from './portal-tunnel.ts';

const testdata = (name: string) =>
  readFileSync(new URL(`testdata/${name}.pem`, import.meta.url), 'utf8');

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
};

/** A portal that does with tunnels what the test says. */
const startPortal = async (tunnel: (authority: string, socket: Socket) => void) => {
  const portal = createPortal();
  portal.on('connect', ({ url = '' }, socket: Socket) => {
    cleanups.push(() => socket.destroy());
    socket.on('error', () => {});
    tunnel(url, socket);
  });
  return `http://127.0.0.1:${await listen(portal)}`;
};

/** A portal into a VPC with one service, which answers with its server name, Host and path. */
const startService = async (certificate = 'valid') => {
  const asked: string[] = [];
  const service = createService(
    { cert: testdata(`${certificate}.cert`), key: testdata('service.key') },
    (incoming, response) => {
      const { servername } = incoming.socket as { servername?: string };
      response.end(`${servername} ${incoming.headers.host} ${incoming.url}`);
    },
  );
  const port = await listen(service);
  const portalUrl = await startPortal((authority, socket) => {
    asked.push(authority);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.pipe(connect(port, '127.0.0.1').on('error', () => {})).pipe(socket);
  });
  return { portalUrl, asked };
};

interface Client {
  readonly ca?: string;
  readonly isInsecure?: boolean;
  readonly keepAlive?: boolean;
}

const openAgent = (
  portalUrl: string,
  { ca = testdata('valid.cert'), isInsecure = false, keepAlive = false }: Client = {},
) => {
  const agent = new TunnelAgent(
    portalUrl,
    { context: createSecureContext({ ca }), isInsecure },
    { keepAlive },
  );
  cleanups.push(() => agent.destroy());
  return agent;
};

const get = async (portalUrl: string, agent: TunnelAgent, host = 'svc.example') => {
  const plain = new HttpAgent();
  const { body, answer } = sendByHttp1(
    { portalUrl, plain, secure: () => agent },
    { scheme: 'https', method: 'GET', host, target: '/a?b', headers: [] },
  );
  body.end();
  return text((await answer).body);
};

describe('a tunnel', () => {
  test('leads to the port of https, with the name in the handshake and in Host', async () => {
    const { portalUrl, asked } = await startService();
    const answer = await get(portalUrl, openAgent(portalUrl));
    expect({ answer, asked }).toEqual({
      answer: 'svc.example svc.example /a?b',
      asked: ['svc.example:443'],
    });
  });

  test('leads to another port, and the dot at the end of a name is none of the handshake', async () => {
    const { portalUrl, asked } = await startService();
    const answer = await get(portalUrl, openAgent(portalUrl), 'svc.example.:8443');
    expect({ answer, asked }).toEqual({
      answer: 'svc.example svc.example.:8443 /a?b',
      asked: ['svc.example.:8443'],
    });
  });

  test('is used again for the same service, and not for another port', async () => {
    const { portalUrl, asked } = await startService();
    const agent = openAgent(portalUrl, { keepAlive: true });
    for (const host of ['svc.example', 'svc.example', 'svc.example:8443']) {
      await get(portalUrl, agent, host);
    }
    expect(asked).toEqual(['svc.example:443', 'svc.example:8443']);
  });

  test('goes to anybody when told to', async () => {
    const { portalUrl } = await startService('expired');
    const agent = openAgent(portalUrl, { isInsecure: true });
    expect(await get(portalUrl, agent, 'other.example')).toContain('other.example /a?b');
  });
});

describe('no tunnel is made, and it says why:', () => {
  const certificates = [
    {
      name: 'an issuer whom nobody knows',
      certificate: 'valid',
      trusted: 'expired',
      host: 'svc.example',
      expected: /^the certificate of `svc\.example` is of an issuer who is not trusted .*SSL_CERT/,
    },
    {
      name: 'an expired certificate',
      certificate: 'expired',
      trusted: 'expired',
      host: 'svc.example',
      expected: /^the certificate of `svc\.example` has expired; /,
    },
    {
      name: 'a certificate for later',
      certificate: 'future',
      trusted: 'future',
      host: 'svc.example',
      expected: /^the certificate of `svc\.example` is not valid yet; /,
    },
    {
      name: 'a certificate for another name',
      certificate: 'valid',
      trusted: 'valid',
      host: 'other.example',
      expected: /^the certificate of `other\.example` is for other names; /,
    },
  ];
  test.each(certificates)('$name', async ({ certificate, trusted, host, expected }) => {
    const { portalUrl } = await startService(certificate);
    const agent = openAgent(portalUrl, { ca: testdata(`${trusted}.cert`) });
    const failed = get(portalUrl, agent, host);
    await expect(failed).rejects.toThrow(TunnelError);
    await expect(failed).rejects.toMatchObject({
      message: expect.stringMatching(expected),
      isOfCertificate: true,
    });
  });

  const GRANTED = 'HTTP/1.1 200 OK\r\n\r\n';
  const portals = [
    {
      name: 'the portal knows no such service',
      answer: 'HTTP/1.1 404 Not Found\r\n\r\n',
      expected: /^no service with a listener is at `svc\.example:443` in this VPC; .* status$/,
    },
    {
      name: 'the portal refuses',
      answer: 'HTTP/1.1 400 Bad Request\r\n\r\n',
      expected: /^the portal at \S+ opens no tunnel to `svc\.example:443` \(400 Bad Request\); /,
    },
    {
      name: 'the listener has no certificate for the name',
      answer: GRANTED,
      // TLS alert: fatal, unrecognized_name (RFC 6066 §3).
      hello: Buffer.from([21, 3, 3, 0, 2, 2, 112]),
      expected: /^the listener on port 443 has no certificate for `svc\.example`; .*update-service/,
    },
    {
      name: 'the listener speaks HTTP',
      answer: GRANTED,
      hello: Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      expected: /^no TLS is spoken on port 443 of `svc\.example`; .* use http:\/\/$/,
    },
    {
      name: 'the connection ends',
      answer: GRANTED,
      hello: Buffer.alloc(0),
      expected: /^no TLS connection to `svc\.example` on port 443 \(ECONNRESET\)$/,
    },
  ];
  test.each(portals)('$name', async ({ answer, hello, expected }) => {
    const portalUrl = await startPortal((_, socket) => {
      socket.write(answer);
      if (hello === undefined) socket.end();
      else socket.once('data', () => socket.end(hello));
    });
    const failed = get(portalUrl, openAgent(portalUrl));
    await expect(failed).rejects.toThrow(TunnelError);
    await expect(failed).rejects.toMatchObject({
      message: expect.stringMatching(expected),
      isOfCertificate: false,
    });
  });

  test('nobody is at the portal, which is no matter of the tunnel', async () => {
    const portalUrl = 'http://127.0.0.1:1';
    await expect(get(portalUrl, openAgent(portalUrl))).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      syscall: 'connect',
    });
  });
});
