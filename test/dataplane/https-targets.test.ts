import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aMembership } from '../../src/dataplane/sample-parts.ts';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import { DataPlane, type DataPlaneOptions, request, type ShopOptions, shop } from './data-plane.ts';
import { closedPort, rawTarget } from './targets.ts';

/** What a target saw of a request's connection. */
interface Seen {
  readonly servername: string | false | null;
  readonly alpn: string | false | null;
  readonly isReused: boolean;
  readonly cipher: string;
  readonly connection: Socket;
}

/** A server that shows a certificate for quite another name, signed by nobody. */
const aTarget = async (options: TlsOptions = {}) => {
  const { certificatePem, privateKeyPem } = aCertificate('bank');
  const seen: Seen[] = [];
  const server = createHttpsServer(
    { cert: certificatePem, key: privateKeyPem, ALPNProtocols: ['http/1.1'], ...options },
    (message, response) => {
      const socket = message.socket as TLSSocket & { servername: string };
      seen.push({
        servername: socket.servername,
        alpn: socket.alpnProtocol,
        isReused: socket.isSessionReused(),
        cipher: socket.getCipher().name,
        connection: socket,
      });
      message.pipe(response);
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen, server };
};

const started = async (
  { group, ...options }: ShopOptions,
  planeOptions: Partial<DataPlaneOptions> = {},
): Promise<DataPlane> => {
  const parts = shop({ ...options, group: { protocol: 'HTTPS', ...group } });
  const plane = await DataPlane.start({ parts, ...planeOptions });
  onTestFinished(async () => void (await plane.stop()));
  return plane;
};

const post = (body: string, headers: readonly string[] = []): string =>
  `${request('POST /', [`Content-Length: ${body.length}`, ...headers])}${body}`;

describe('a target group for HTTPS', () => {
  test('gets requests over TLS, asked for by the Host, whatever certificate it shows', async () => {
    const target = await aTarget();
    const plane = await started({ targets: [target.port] });
    const client = await plane.client();
    for (const body of ['one', 'two']) {
      client.send(post(body));
      expect(await client.response()).toMatchObject({ status: 200, text: body });
    }
    const [first, second] = target.seen;
    expect(first).toMatchObject({
      servername: 'shop.example',
      alpn: 'http/1.1',
    });
    expect(second?.connection).toBe(first?.connection);
    expect(await plane.stop()).toMatchObject([{ failureReason: '-' }, { failureReason: '-' }]);
  });

  test('is spoken to in TLS 1.2 when it speaks no other', async () => {
    const target = await aTarget({ maxVersion: 'TLSv1.2' });
    const plane = await started({ targets: [target.port] });
    expect((await plane.ask(post('old'))).text).toBe('old');
    expect(target.seen[0]?.cipher).toBe('ECDHE-RSA-AES128-GCM-SHA256');
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('resumes sessions of %s', async (maxVersion) => {
    const target = await aTarget({ maxVersion });
    const plane = await started({ targets: [target.port] });
    await plane.ask(post('one'));
    const first = target.seen[0]!.connection;
    const closed = once(first, 'close');
    first.end();
    await closed;
    await plane.ask(post('two'));
    expect(target.seen.map(({ isReused }) => isReused)).toEqual([false, true]);
  });

  test('is asked for each name of its service over connections of their own', async () => {
    const target = await aTarget();
    const plane = await started({ targets: [target.port] });
    await plane.apply([aMembership({ hosts: ['shop.example', 'shop.internal'] })]);
    const client = await plane.client();
    for (const host of ['shop.example', 'shop.internal', 'shop.example']) {
      client.send(`GET / HTTP/1.1\r\nHost: ${host}:80\r\n\r\n`);
      expect((await client.response()).status).toBe(200);
    }
    expect(target.seen.map(({ servername }) => servername)).toEqual([
      'shop.example',
      'shop.internal',
      'shop.example',
    ]);
    expect(target.seen[2]?.connection).toBe(target.seen[0]?.connection);
  });

  test('carries large bodies both ways', async () => {
    const target = await aTarget();
    const plane = await started({ targets: [target.port] });
    const body = 'x'.repeat(3_000_000);
    expect((await plane.ask(post(body))).text).toBe(body);
  });

  test('is healthy by checks over HTTPS', async () => {
    const target = await aTarget();
    const plane = await started({
      targets: [target.port],
      group: {
        healthCheck: {
          protocol: 'HTTPS',
          protocolVersion: 'HTTP1',
          path: '/',
          intervalMs: 50,
          timeoutMs: 5_000,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
          successCodes: [[200, 200]],
        },
      },
    });
    await plane.message(
      (message) =>
        message.type === 'health' && message.changes.some(({ health }) => health === 'HEALTHY'),
    );
  });
});

describe('a target that cannot be spoken to in TLS', () => {
  /** Not TLS at all. */
  const plainPort = async (): Promise<number> => {
    const target = await rawTarget((connection) =>
      connection.send('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    onTestFinished(() => target.close());
    return target.port;
  };

  test('is passed over when another can', async () => {
    const target = await aTarget();
    const plane = await started({ targets: [await plainPort(), target.port] });
    for (let i = 0; i < 3; i++) expect((await plane.ask(post('x'))).status).toBe(200);
  });

  test('is a bad gateway when there is no other', async () => {
    const plane = await started({ targets: [await plainPort()] });
    expect(await plane.ask(post('x'))).toMatchObject({ status: 502, text: 'Bad Gateway' });
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetProtocolError' }]);
  });

  test('is unavailable when it cannot even be connected', async () => {
    const plane = await started({ targets: [await closedPort()] });
    expect((await plane.ask(post('x'))).status).toBe(503);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionError' }]);
  });

  test('and says nothing: the time for connecting counts', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const plane = await started(
      { targets: [(server.address() as AddressInfo).port] },
      { limits: { connectTimeoutMs: 300 } },
    );
    expect((await plane.ask(post('x'))).status).toBe(503);
  });
});
