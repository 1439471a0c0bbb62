import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createPortal } from 'node:http';
import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createSecureHttp1 } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { PortalClient, type PortalClientOptions } from './portal-client.ts';
import { TunnelError } from './portal-tunnel.ts';
import { fieldOf, type ServiceRequest } from './service-request.ts';

const testdata = (name: string) =>
  readFileSync(new URL(`testdata/${name}.pem`, import.meta.url), 'utf8');
const IDENTITY = { cert: testdata('valid.cert'), key: testdata('service.key') };

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean();
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

const listen = async <S extends Server>(server: S): Promise<S> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return server;
};

/** A portal into a VPC with one service, whatever it is called. */
const openPortal = async (service: Server) => {
  const tunnels: string[] = [];
  /** Who its clients say that they are. */
  const users: (string | undefined)[] = [];
  const portal = createPortal((incoming, response) => {
    users.push(incoming.headers['proxy-authorization']);
    response.end(`plain ${incoming.httpVersion} ${incoming.url}`);
  });
  portal.on('connect', ({ url = '', headers }, socket: Socket) => {
    tunnels.push(url);
    users.push(headers['proxy-authorization']);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.pipe(connect(portOf(service), '127.0.0.1').on('error', () => {})).pipe(socket);
  });
  return { portalUrl: `http://127.0.0.1:${portOf(await listen(portal))}`, tunnels, users };
};

type Serve = (stream: ServerHttp2Stream, fields: readonly string[]) => void;

/** A service that speaks HTTP/2; over TLS unless it is to be in the clear. */
const startHttp2 = async (serve: Serve, isPlain = false) => {
  const server: Http2Server | Http2SecureServer = isPlain
    ? createServer()
    : createSecureServer(IDENTITY);
  const sessions: ServerHttp2Session[] = [];
  server.on('session', (session: ServerHttp2Session) => sessions.push(session));
  server.on('stream', (stream: ServerHttp2Stream, _fields, _flags, raw: string[]) => {
    stream.on('error', () => {});
    serve(stream, raw);
  });
  return { ...(await openPortal(await listen(server))), sessions };
};

const echo: Serve = (stream) => {
  stream.respond({ ':status': 200 }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.pipe(stream);
};

const startHttp1 = async () => {
  const server = createSecureHttp1(IDENTITY, (incoming, response) => {
    response.end(`${incoming.httpVersion} ${incoming.url}`);
  });
  return openPortal(await listen(server));
};

const open = (portalUrl: string, options: Partial<PortalClientOptions> = {}) => {
  const context = createSecureContext({ ca: IDENTITY.cert });
  const client = new PortalClient({ portalUrl, trust: () => ({ context }), ...options });
  cleanups.push(() => client.destroy());
  return client;
};

const GET: ServiceRequest = {
  scheme: 'https',
  method: 'GET',
  host: 'svc.example',
  target: '/a?b',
  headers: [],
};

const ask = async (client: PortalClient, request: Partial<ServiceRequest> = {}, body = '') => {
  const sent = await client.send({ ...GET, ...request });
  sent.body.end(body === '' ? undefined : body);
  const answer = await sent.answer;
  return { ...answer, text: await text(answer.body), trailers: answer.trailers() };
};

test('a portal is told where in the VPC its client is, in the clear and of tunnels', async () => {
  const { portalUrl, users } = await startHttp2(
    (stream) => void stream.respond({}, { endStream: true }),
  );
  const client = open(portalUrl.replace('://', '://10.0.1.7:vpc@'));
  await ask(client, { scheme: 'http' });
  await ask(client);
  expect(users).toEqual(Array(2).fill(`Basic ${btoa('10.0.1.7:vpc')}`));
  await ask(open(portalUrl), { scheme: 'http' });
  expect(users[2]).toBeUndefined();
});

describe('over TLS', () => {
  test('HTTP/2 is spoken where the service does, with the host as the authority', async () => {
    let got: readonly string[] = [];
    const { portalUrl, tunnels } = await startHttp2((stream, fields) => {
      got = fields;
      stream.respond({ ':status': 201, 'set-cookie': ['a=1', 'b=2'] });
      stream.end('made');
    });
    const headers = ['X-A', '1', 'Connection', 'close', 'x-a', '2', 'Keep-Alive', '5'];
    const answer = await ask(open(portalUrl), { host: 'svc.example:8443', headers });
    expect(answer).toMatchObject({ httpVersion: '2', statusCode: 201, text: 'made' });
    expect(answer.headers.slice(0, 4)).toEqual(['set-cookie', 'a=1', 'set-cookie', 'b=2']);
    expect(answer.tls?.alpnProtocol).toBe('h2');
    expect(tunnels).toEqual(['svc.example:8443']);
    expect(got).toEqual([
      ...[':method', 'GET', ':scheme', 'https', ':authority', 'svc.example:8443', ':path', '/a?b'],
      ...['x-a', '1', 'x-a', '2', 'te', 'trailers'],
    ]);
  });

  test('HTTP/1.1 is where it does not, on the connection that found out', async () => {
    const { portalUrl, tunnels } = await startHttp1();
    const client = open(portalUrl, { pool: { keepAlive: true } });
    for (let count = 0; count < 2; count++) {
      expect(await ask(client)).toMatchObject({ httpVersion: '1.1', text: '1.1 /a?b' });
    }
    expect(tunnels).toEqual(['svc.example:443']);
  });

  test('several requests at a time to a service that speaks HTTP/1.1 all get an answer', async () => {
    const { portalUrl } = await startHttp1();
    const client = open(portalUrl);
    const answers = await Promise.all([ask(client), ask(client), ask(client)]);
    expect(answers.map(({ text: answered }) => answered)).toEqual(Array(3).fill('1.1 /a?b'));
  });

  test('only what is asked for is spoken', async () => {
    const both = createSecureServer({ ...IDENTITY, allowHTTP1: true }, (incoming, response) => {
      response.end(incoming.httpVersion);
    });
    const { portalUrl } = await openPortal(await listen(both));
    const client = open(portalUrl);
    expect(await ask(client, { httpVersion: '1.1' })).toMatchObject({ text: '1.1' });
    expect(await ask(client, { httpVersion: '2' })).toMatchObject({ text: '2.0' });
    const old = open((await startHttp1()).portalUrl);
    await expect(ask(old, { httpVersion: '2' })).rejects.toThrow(TunnelError);
    // What failed is not kept.
    expect(await ask(old)).toMatchObject({ httpVersion: '1.1' });
  });

  test('requests share a connection, until it ends', async () => {
    const { portalUrl, tunnels, sessions } = await startHttp2(echo);
    const client = open(portalUrl);
    await Promise.all([ask(client), ask(client), ask(client, { host: 'svc.example:8443' })]);
    expect(tunnels).toEqual(['svc.example:443', 'svc.example:8443']);
    const ended = sessions.map((session) => once(session, 'close'));
    for (const session of sessions) session.close();
    await Promise.all(ended);
    await expect.poll(async () => (await ask(client)).statusCode).toBe(200);
    expect(tunnels).toHaveLength(3);
  });

  test.each([
    { name: 'is quiet for long enough', options: { http2IdleMs: 20 } },
    { name: 'has had its time', options: { http2LifetimeMs: 20 } },
  ])('a connection that $name takes no more requests', async ({ options }) => {
    const { portalUrl, tunnels, sessions } = await startHttp2(echo);
    const client = open(portalUrl, options);
    await ask(client);
    const [session] = sessions;
    if (session?.closed !== true && session !== undefined) await once(session, 'close');
    expect(await ask(client)).toMatchObject({ statusCode: 200 });
    expect(tunnels).toHaveLength(2);
  });
});

describe('by HTTP/2', () => {
  test('is spoken in the clear when asked for, in a tunnel to the usual port', async () => {
    const { portalUrl, tunnels } = await startHttp2(echo, true);
    const client = open(portalUrl);
    const plain = { scheme: 'http' } as const;
    expect(await ask(client, { ...plain, httpVersion: '2' })).toMatchObject({ httpVersion: '2' });
    expect(tunnels).toEqual(['svc.example:80']);
    expect(await ask(client, plain)).toMatchObject({
      httpVersion: '1.1',
      text: 'plain 1.1 http://svc.example/a?b',
    });
  });

  test('bodies stream both ways, and trailers come behind', async () => {
    const { portalUrl } = await startHttp2(echo);
    const client = open(portalUrl);
    const bytes = Buffer.alloc(5 << 20, 'pergola ');
    const sent = await client.send({
      ...GET,
      method: 'POST',
      headers: ['transfer-encoding', 'chunked'],
    });
    const sending = pipeline(Readable.from([bytes]), sent.body);
    const answer = await sent.answer;
    expect((await buffer(answer.body)).equals(bytes)).toBe(true);
    await sending;
    expect(fieldOf(answer.trailers(), 'grpc-status')).toBe('0');
  });

  test.each([
    { name: 'none', headers: [], isWhole: true },
    { name: 'an empty one', headers: ['content-length', '0'], isWhole: true },
    { name: 'one of a known length', headers: ['Content-Length', '2'], isWhole: false },
  ])(
    'a request with a body says so at once, and so does one with $name',
    async ({ headers, isWhole }) => {
      let isEnded: boolean | undefined;
      const { portalUrl } = await startHttp2((stream) => {
        isEnded = stream.endAfterHeaders;
        stream.respond({ ':status': 200 });
        stream.resume().end();
      });
      await ask(open(portalUrl), { method: 'POST', headers }, isWhole ? '' : 'hi');
      expect(isEnded).toBe(isWhole);
    },
  );

  test('a service that takes none of it is an error', async () => {
    const { portalUrl } = await startHttp2((stream) => stream.close(2));
    await expect(ask(open(portalUrl))).rejects.toMatchObject({ code: 'ERR_HTTP2_STREAM_ERROR' });
  });

  test('a connection that breaks is an error for what is under way', async () => {
    const { portalUrl } = await startHttp2((stream) => stream.session?.destroy());
    await expect(ask(open(portalUrl))).rejects.toThrow();
  });

  test.each<{ name: string; cut: (stream: ServerHttp2Stream) => void }>([
    { name: 'its connection', cut: (stream) => stream.session?.destroy() },
    { name: 'a reset', cut: (stream) => stream.destroy(new Error('cut')) },
  ])('an answer that ends with $name does not look whole', async ({ cut }) => {
    const { portalUrl } = await startHttp2((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('half', () => cut(stream));
    });
    const isWhole = await ask(open(portalUrl)).then(
      () => true,
      () => false,
    );
    expect(isWhole).toBe(false);
  });

  test('what is given up is told to the service', async () => {
    const closed = Promise.withResolvers<number | undefined>();
    const { portalUrl } = await startHttp2((stream) => {
      stream.once('close', () => closed.resolve(stream.rstCode));
      stream.respond({ ':status': 200 });
    });
    const sent = await open(portalUrl).send(GET);
    const answer = await sent.answer;
    answer.body.on('error', () => {});
    sent.cancel();
    expect(await closed.promise).toBe(8);
  });
});
