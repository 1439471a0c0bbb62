import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aListener, aMembership, aService } from '../../src/dataplane/sample-parts.ts';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import { DataPlane, type DataPlaneOptions, secureShop, shop } from './data-plane.ts';
import { Http2Client, http2Target, responseOf } from './http2-peers.ts';

const started = async (options: Partial<DataPlaneOptions> = {}): Promise<DataPlane> => {
  const plane = await DataPlane.start({ parts: secureShop(), ...options });
  onTestFinished(async () => void (await plane.stop()));
  return plane;
};

const clientOf = (plane: DataPlane, scheme: 'http' | 'https' = 'https'): Http2Client => {
  const client = new Http2Client(plane.port, scheme);
  onTestFinished(() => client.destroy());
  return client;
};

const { certificatePem: cert, privateKeyPem: key } = aCertificate('bank');
const BANK = { cert, key };

/** An HTTP/2 server with a certificate for quite another name. */
const aTlsTarget = async () => {
  const target = await http2Target(undefined, {}, BANK);
  onTestFinished(() => target.close());
  return target;
};

/** TLS, and nothing behind it. */
const aTlsServer = async (options: TlsOptions): Promise<number> => {
  const server = createServer({ ...BANK, ...options }, (socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
};

const healthCheck = (protocol: 'HTTP' | 'HTTPS') => ({
  protocol,
  protocolVersion: 'HTTP2' as const,
  path: '/health',
  intervalMs: 50,
  timeoutMs: 5_000,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  successCodes: [[200, 200]] as const,
});

describe('an HTTPS listener', () => {
  test('chooses HTTP/2 when it is offered, wherever in the list', async () => {
    const plane = await started();
    const client = await plane.secureClient({ ALPNProtocols: ['http/1.1', 'h2'] });
    expect((client.socket as TLSSocket).alpnProtocol).toBe('h2');
  });

  test('says in the log what requests came over', async () => {
    const plane = await started();
    const client = clientOf(plane);
    expect((await client.ask({ ':path': '/one' })).status).toBe(404);
    expect(await plane.stop()).toMatchObject([
      {
        requestPath: '/one',
        protocol: 'HTTP/2',
        serverNameIndication: 'shop.example',
        sslCipher: 'TLS_AES_128_GCM_SHA256',
        tlsVersion: 'TLSv1.3',
      },
    ]);
  });

  test('refuses a request for another service with 421, and the connection goes on', async () => {
    const plane = await started();
    await plane.apply([
      aMembership({ id: 'snsa-2', serviceId: 'svc-2', hosts: ['bank.example'] }),
      aService({
        id: 'svc-2',
        name: 'bank',
        listeners: [aListener({ port: 443, protocol: 'HTTPS' })],
      }),
    ]);
    const client = clientOf(plane);
    for (const [host, status] of [
      ['shop.example', 404],
      ['bank.example', 421],
      ['shop.example:443', 404],
    ] as const) {
      expect((await client.ask({ ':authority': host })).status, host).toBe(status);
    }
  });

  test('takes HTTP/2 that was not agreed on for a malformed request', async () => {
    const plane = await started();
    const client = await plane.secureClient();
    client.send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect((await client.response()).status).toBe(400);
  });

  test('finishes what runs when its worker drains', async () => {
    const target = await http2Target((stream) => {
      void plane.worker.drain();
      setImmediate(() => {
        stream.respond({ ':status': 200 });
        stream.end('done');
      });
    });
    onTestFinished(() => target.close());
    const plane: DataPlane = await started({
      parts: secureShop({ targets: [target.port], group: { protocolVersion: 'HTTP2' } }),
    });
    const client = clientOf(plane);
    expect(await client.ask()).toMatchObject({ status: 200, text: 'done', code: 0 });
    await client.closed;
    await plane.ended;
  });

  test('cuts off its clients when their association goes', async () => {
    const target = await http2Target(() => {});
    onTestFinished(() => target.close());
    const plane = await started({
      parts: secureShop({ targets: [target.port], group: { protocolVersion: 'HTTP2' } }),
    });
    const client = clientOf(plane);
    const stream = client.begin({}, true);
    const response = responseOf(stream);
    while (target.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await plane.apply([], ['vpc/vpc-1']);
    expect((await response).status).toBe(0);
    await client.closed;
    expect(await plane.stop()).toMatchObject([{ failureReason: 'ClientConnectionClosed' }]);
  });
});

describe('the first bytes of a connection', () => {
  const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

  test.each([
    {
      name: 'a request that begins like the preface',
      bytes: 'P',
      rest: 'OST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n\r\n',
      status: 404,
    },
    {
      name: 'a preface that ends as something else',
      bytes: PREFACE.slice(0, -3),
      rest: 'X\r\n\r\n',
      status: 400,
    },
  ])('$name', async ({ bytes, rest, status }) => {
    const plane = await started({ parts: shop() });
    const client = await plane.client();
    await client.sendPieces([bytes, rest]);
    expect((await client.response('POST')).status).toBe(status);
  });

  test('a part of the preface and nothing more: 408', async () => {
    const plane = await started({ parts: shop(), limits: { headTimeoutMs: 20 } });
    const client = await plane.client();
    client.send(PREFACE.slice(0, 10));
    expect((await client.response()).status).toBe(408);
    expect(await plane.stop()).toMatchObject([{ responseCode: 408, bytesReceived: 10 }]);
  });
});

describe('a target group for HTTPS', () => {
  test.each(['HTTP2', 'GRPC'] as const)('of %s gets requests over TLS', async (protocolVersion) => {
    const target = await aTlsTarget();
    const plane = await started({
      parts: secureShop({ targets: [target.port], group: { protocol: 'HTTPS', protocolVersion } }),
    });
    const client = clientOf(plane);
    for (const body of ['one', 'two']) {
      expect(await client.ask({ ':method': 'POST' }, body)).toMatchObject({ text: body });
    }
    expect(target.requests[0]?.headers).toMatchObject({
      ':scheme': 'https',
      ':authority': 'shop.example',
      'x-forwarded-proto': 'https',
    });
    expect(target.sessions).toHaveLength(1);
    const { servername, alpnProtocol } = target.sessions[0]!.socket as TLSSocket & {
      servername: string;
    };
    expect({ servername, alpnProtocol }).toEqual({
      servername: 'shop.example',
      alpnProtocol: 'h2',
    });
  });

  test.each([
    { name: 'that does not agree to HTTP/2', options: { ALPNProtocols: ['http/1.1'] } },
    { name: 'that knows nothing of ALPN', options: {} },
  ])('with a target $name: 502', async ({ options }) => {
    const port = await aTlsServer(options);
    const plane = await started({
      parts: shop({
        targets: [port],
        group: { protocol: 'HTTPS', protocolVersion: 'HTTP2' },
      }),
    });
    expect((await clientOf(plane, 'http').ask()).status).toBe(502);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetProtocolError' }]);
  });

  test.each(['HTTP', 'HTTPS'] as const)('is healthy by HTTP/2 over %s', async (protocol) => {
    const target = protocol === 'HTTPS' ? await aTlsTarget() : await http2Target();
    onTestFinished(() => target.close());
    const group = {
      protocol,
      protocolVersion: 'HTTP2' as const,
      healthCheck: healthCheck(protocol),
    };
    const plane = await started({ parts: shop({ targets: [target.port], group }) });
    await plane.message(
      (message) =>
        message.type === 'health' && message.changes.some(({ health }) => health === 'HEALTHY'),
    );
    expect(target.requests[0]?.headers).toMatchObject({
      ':path': '/health',
      ':scheme': protocol.toLowerCase(),
    });
  });
});
