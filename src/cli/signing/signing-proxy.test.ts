import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { createSecureContext } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedCredentials, refreshingCredentials } from './credential-source.ts';
import { type SigningProxy, type SigningProxyOptions, startSigningProxy } from './signing-proxy.ts';

type Handler = Parameters<typeof createServer>[1];

/** Stands for a portal: answers as the test says, and keeps what came. */
let portal: Server;
let handler: Handler;
let seen: IncomingMessage[];
let connections: number;
const started: SigningProxy[] = [];

const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeEach(async () => {
  seen = [];
  connections = 0;
  handler = (_, response) => response.end('answer');
  portal = createServer((incoming, response) => {
    seen.push(incoming);
    void handler?.(incoming, response);
  });
  portal.on('connection', () => {
    connections += 1;
  });
  portal.listen(0, '127.0.0.1');
  await once(portal, 'listening');
});

afterEach(async () => {
  for (const proxy of started.splice(0)) {
    proxy.cut();
    await proxy.stop();
  }
  portal.closeAllConnections();
  portal.close();
});

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'top-secret' };

const start = async (options: Partial<SigningProxyOptions> = {}): Promise<SigningProxy> => {
  const proxy = await startSigningProxy({
    host: '127.0.0.1',
    port: 0,
    portalUrl: `http://127.0.0.1:${portOf(portal)}`,
    region: 'us-west-2',
    trust: { context: createSecureContext() },
    credentials: fixedCredentials(keys),
    ...options,
  });
  started.push(proxy);
  return proxy;
};

interface Sent {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

const send = async (proxy: SigningProxy, sent: Sent = {}) => {
  const { hostname, port } = new URL(proxy.url);
  const outgoing = request({
    hostname,
    port,
    method: sent.method ?? 'GET',
    path: sent.target ?? 'http://svc.example/a?b=c',
    headers: { host: 'svc.example', ...sent.headers },
    agent: sent.agent ?? false,
  });
  outgoing.end(sent.body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
};

describe('the signing proxy', () => {
  test('signs what passes, in the form that proxies get', async () => {
    const proxy = await start({ now: () => new Date('2026-11-23T10:20:30Z') });
    const answer = await send(proxy, { headers: { 'x-kept': 'yes', connection: 'close' } });
    expect(answer).toMatchObject({ status: 200, body: 'answer' });
    const [got] = seen;
    expect(got?.url).toBe('http://svc.example/a?b=c');
    expect(got?.headers).toMatchObject({
      host: 'svc.example',
      'x-kept': 'yes',
      'x-amz-date': '20261123T102030Z',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261123\/us-west-2\/vpc-lattice-svcs\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
      ),
    });
  });

  const ofBrowsers = [
    { name: 'an address that was typed', headers: { 'sec-fetch-site': 'none' } },
    { name: 'a page of the service', headers: { origin: 'http://svc.example' } },
    {
      name: 'pages of other sites when it is told to',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' },
      allowBrowsers: true,
    },
  ];
  test.each(ofBrowsers)('signs for $name', async ({ headers, allowBrowsers = false }) => {
    const answer = await send(await start({ allowBrowsers }), { headers });
    expect(answer.status).toBe(200);
    expect(seen[0]?.headers.authorization).toContain('Credential=AKIDEXAMPLE/');
  });

  test('goes by Host when the target is a path', async () => {
    const proxy = await start();
    await send(proxy, { target: '/x', headers: { host: 'other.example' } });
    expect(seen[0]?.url).toBe('http://other.example/x');
    expect(seen[0]?.headers.host).toBe('other.example');
  });

  test('puts its signature in the place of another', async () => {
    const proxy = await start();
    await send(proxy, {
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=OTHER',
        'x-amz-security-token': 'other',
        'x-amz-date': 'other',
      },
    });
    expect(seen[0]?.headers.authorization).toContain('Credential=AKIDEXAMPLE/');
    expect(seen[0]?.headers['x-amz-security-token']).toBeUndefined();
    expect(seen[0]?.rawHeaders.filter((name) => name === 'x-amz-date')).toHaveLength(1);
  });

  const bodies = [
    { name: 'a body of a known length', body: 'hello', headers: { 'content-length': '5' } },
    { name: 'a body in chunks', body: 'hello', headers: { 'transfer-encoding': 'chunked' } },
    { name: 'a body of a GET', method: 'GET', body: 'hello', headers: { 'content-length': '5' } },
    { name: 'no body', method: 'POST', body: '', headers: { 'content-length': '0' } },
    { name: 'no body and no length', method: 'GET', body: '', headers: {} },
  ];
  test.each(bodies)('passes $name on', async ({ method = 'POST', body, headers }) => {
    handler = async (incoming, response) => response.end(`got ${await text(incoming)}`);
    const proxy = await start();
    const answer = await send(proxy, { method, body, headers });
    expect(answer.body).toBe(`got ${body}`);
    const { 'content-length': length, 'transfer-encoding': coding } = seen[0]?.headers ?? {};
    expect({
      ...(length && { 'content-length': length }),
      ...(coding && { 'transfer-encoding': coding }),
    }).toEqual(headers);
  });

  test('streams large bodies both ways', async () => {
    const large = Buffer.alloc(20 << 20, 'pergola ');
    handler = (incoming, response) => incoming.pipe(response);
    const proxy = await start();
    const { hostname, port } = new URL(proxy.url);
    const outgoing = request({
      hostname,
      port,
      method: 'POST',
      path: '/echo',
      headers: { host: 'svc.example', 'content-length': large.length },
      agent: false,
    });
    outgoing.end(large);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect((await buffer(response)).equals(large)).toBe(true);
  });

  test('holds back a client whose service does not read', async () => {
    handler = (incoming, response) => {
      // Never read: all that arrives there waits in buffers.
      if (incoming.method === 'GET') response.end('answer');
    };
    const proxy = await start();
    const { hostname, port } = new URL(proxy.url);
    const client = connect(Number(port), hostname);
    const size = 64 << 20;
    client.write(`POST /slow HTTP/1.1\r\nHost: svc.example\r\nContent-Length: ${size}\r\n\r\n`);
    client.write(Buffer.alloc(size));
    await once(portal, 'request');
    // Long enough for a proxy that reads on to have taken it all.
    for (let count = 0; count < 200; count++) await send(proxy);
    const waiting = client.writableLength;
    client.destroy();
    expect(waiting).toBeGreaterThan(0);
  });

  test('passes an early answer on, and goes on with the same client', async () => {
    handler = (_, response) => response.writeHead(403).end('no');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const proxy = await start();
    for (let count = 0; count < 3; count++) {
      const sent = { method: 'POST', body: Buffer.alloc(8 << 20), agent };
      expect(await send(proxy, sent)).toMatchObject({ status: 403, body: 'no' });
    }
    agent.destroy();
  });

  test('keeps connections on both sides', async () => {
    const proxy = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 3; count++) await send(proxy, { agent });
    agent.destroy();
    expect({ requests: seen.length, connections }).toEqual({ requests: 3, connections: 1 });
  });

  test('gives fields back as they came, twice where they came twice', async () => {
    handler = (_, response) => {
      response.writeHead(418, 'Teapot', ['Set-Cookie', 'a', 'Set-Cookie', 'b', 'X-Case', 'kept']);
      response.end();
    };
    const { status, headers } = await send(await start());
    expect(status).toBe(418);
    expect(headers).toMatchObject({ 'set-cookie': ['a', 'b'], 'x-case': 'kept' });
  });

  test('signs with new credentials once the old ones are about to end', async () => {
    let now = new Date('2026-11-23T10:00:00Z');
    let fetched = 0;
    const credentials = refreshingCredentials(
      async () => {
        fetched += 1;
        return {
          ...keys,
          accessKeyId: `ASIA${fetched}`,
          sessionToken: `token-${fetched}`,
          expiresAt: new Date(now.getTime() + 15 * 60_000),
        };
      },
      () => now,
    );
    const proxy = await start({ credentials, now: () => now });
    await send(proxy);
    now = new Date('2026-11-23T10:09:59Z');
    await send(proxy);
    now = new Date('2026-11-23T10:10:00Z');
    await send(proxy);
    expect(seen.map(({ headers }) => headers['x-amz-security-token'])).toEqual([
      'token-1',
      'token-1',
      'token-2',
    ]);
  });

  test('tells of a refusal, with the id to ask about', async () => {
    handler = (_, response) => response.writeHead(403, { 'x-amzn-requestid': 'id-1' }).end('no');
    const refused: unknown[] = [];
    const proxy = await start({ onRefused: (...facts) => refused.push(facts) });
    expect(await send(proxy)).toMatchObject({ status: 403, body: 'no' });
    expect(refused).toEqual([['GET http://svc.example/a?b=c', 'id-1']]);
  });
});

describe('the signing proxy refuses, and sends nothing on:', () => {
  const cases = [
    {
      name: 'another scheme',
      sent: { target: 'ftp://svc.example/' },
      status: 501,
      expected: 'signs http:// and https:// requests only',
    },
    {
      name: 'a request to itself',
      sent: { target: '/', headers: { host: '127.0.0.1:1' } },
      status: 400,
      expected: 'addressed to this proxy itself',
    },
    {
      name: 'an Authorization of another kind',
      sent: { headers: { authorization: 'Bearer abc' } },
      status: 400,
      expected: 'an Authorization of its own',
    },
    {
      name: 'what a page of another site sends',
      sent: { headers: { 'sec-fetch-site': 'cross-site' } },
      status: 403,
      expected: 'start it with --allow-browsers',
    },
    {
      name: 'a form of another site',
      sent: { method: 'POST', body: 'a=b', headers: { origin: 'http://evil.example' } },
      status: 403,
      expected: 'a web page of another site',
    },
  ];
  test.each(cases)('$name', async ({ sent, status, expected }) => {
    const answer = await send(await start(), sent);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(/^pergola sign-proxy: .*\n$/);
    expect(answer.body).toContain(expected);
    expect(seen).toEqual([]);
  });

  test('a WebSocket of another site', async () => {
    const { hostname, port } = new URL((await start()).url);
    const client = connect(Number(port), hostname);
    client.write(
      'GET / HTTP/1.1\r\nHost: svc.example\r\nOrigin: http://evil.example\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(await text(client)).toMatch(/^HTTP\/1\.1 403 /);
    expect(seen).toEqual([]);
  });

  const tunnels = [
    { name: 'without --https', scheme: 'http', more: 'start the proxy with --https' },
    { name: 'with --https', scheme: 'https', more: 'it goes on to the service over TLS' },
  ] as const;
  test.each(tunnels)('a tunnel, $name', async ({ scheme, more }) => {
    const { hostname, port } = new URL((await start({ scheme })).url);
    const client = connect(Number(port), hostname);
    client.write('CONNECT svc.example:443 HTTP/1.1\r\nHost: svc.example:443\r\n\r\n');
    const answer = await text(client);
    expect(answer).toMatch(
      /^HTTP\/1\.1 501 Not Implemented\r\n(?:.+\r\n)+\r\npergola sign-proxy: .*use an http:\/\/ URL; .*\n$/,
    );
    expect(answer).toContain(more);
  });
});

describe('the signing proxy answers 502', () => {
  test('when nobody is behind the portal', async () => {
    const answer = await send(await start({ portalUrl: 'http://127.0.0.1:1' }));
    expect(answer).toMatchObject({
      status: 502,
      body: 'pergola sign-proxy: no answer from the portal at http://127.0.0.1:1 (ECONNREFUSED)\n',
    });
  });

  test('when the portal hangs up', async () => {
    handler = (incoming) => incoming.socket.destroy();
    const answer = await send(await start(), { method: 'POST', body: 'x' });
    expect(answer).toMatchObject({ status: 502 });
    expect(answer.body).toMatch(/no answer from the portal at .* \(ECONNRESET|EPIPE\)/);
  });

  test('when there are no credentials, without a secret', async () => {
    const credentials = { current: () => Promise.reject(new Error('the role is gone')) };
    const answer = await send(await start({ credentials }));
    expect(answer).toMatchObject({
      status: 502,
      body: 'pergola sign-proxy: the request could not be signed: the role is gone\n',
    });
  });
});

describe('an end in the middle', () => {
  test('of an answer is an end for the client too', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    };
    await expect(send(await start())).rejects.toThrow(/aborted|ECONNRESET/);
  });

  test('of a client is an end for its request', async () => {
    const ended = Promise.withResolvers<void>();
    handler = (incoming) => incoming.once('close', () => ended.resolve());
    const { hostname, port } = new URL((await start()).url);
    const client = connect(Number(port), hostname);
    client.write('POST /x HTTP/1.1\r\nHost: svc.example\r\nContent-Length: 10\r\n\r\nhalf');
    await once(portal, 'request');
    client.destroy();
    await ended.promise;
  });
});

test('a stop lets the request in flight finish and takes no other', async () => {
  const isThere = Promise.withResolvers<void>();
  const mayAnswer = Promise.withResolvers<void>();
  handler = async (_, response) => {
    isThere.resolve();
    await mayAnswer.promise;
    response.end('late');
  };
  const proxy = await start();
  const inFlight = send(proxy);
  await isThere.promise;
  const stopped = proxy.stop();
  await expect(send(proxy)).rejects.toThrow('ECONNREFUSED');
  mayAnswer.resolve();
  expect(await inFlight).toMatchObject({ status: 200, body: 'late' });
  await stopped;
  started.length = 0;
});
