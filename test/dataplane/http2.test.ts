import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { afterEach, describe, expect, test } from 'vitest';
import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import { aHealthCheck } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, request, type ShopOptions, shop } from './data-plane.ts';
import { Http2Client, type Http2Target, http2Target, responseOf } from './http2-peers.ts';
import { turn } from './raw-client.ts';
import { type HttpTarget, httpTarget, rawTarget } from './targets.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const started = async (options: ShopOptions, limits: Partial<DataPlaneLimits> = {}) => {
  const plane = await DataPlane.start({ parts: shop(options), limits });
  closers.push(() => plane.stop());
  const client = new Http2Client(plane.port);
  closers.push(() => client.destroy());
  return { plane, client };
};

const target1 = async (...parameters: Parameters<typeof httpTarget>): Promise<HttpTarget> => {
  const target = await httpTarget(...parameters);
  closers.push(() => target.close());
  return target;
};

const target2 = async (...parameters: Parameters<typeof http2Target>): Promise<Http2Target> => {
  const target = await http2Target(...parameters);
  closers.push(() => target.close());
  return target;
};

const HTTP2 = { protocolVersion: 'HTTP2' } as const;
const GRPC = { protocolVersion: 'GRPC' } as const;

test.each([
  { group: HTTP2, text: 'this target group takes HTTP/2 only' },
  { group: GRPC, text: 'this target group takes gRPC, which needs HTTP/2' },
])('HTTP/1.1 to $group.protocolVersion is 400 and says why', async ({ group, text }) => {
  const target = await target2();
  const { plane } = await started({ targets: [target.port], group });
  expect(await plane.get('/')).toMatchObject({ status: 400, text });
  expect(target.requests).toHaveLength(0);
});

describe('a request of HTTP/2 for an HTTP/1.1 target', () => {
  test('has its authority as Host, its cookies in one line, and nothing of HTTP/2', async () => {
    const target = await target1();
    const { client } = await started({ targets: [target.port] });
    const response = await client.ask({
      ':path': '/a?b=%20',
      cookie: ['a=1', 'b=2'],
      te: 'trailers',
      'x-amzn-lattice-identity': 'nobody',
      'x-forwarded-for': '192.0.2.1',
      'x-amzn-requestid': 'mine',
      'x-name': '\u00e9 value',
    });
    expect(response).toMatchObject({ status: 200, text: 'GET /a?b=%20' });
    expect(response.headers['x-amzn-requestid']).toBe('mine');
    expect(target.requests[0]!.rawHeaders.slice(0, 10)).toEqual([
      'host',
      'shop.example',
      'x-name',
      '\u00e9 value',
      'cookie',
      'a=1; b=2',
      'x-forwarded-for',
      '192.0.2.1, 127.0.0.1',
      'x-amzn-requestid',
      'mine',
    ]);
    const names = Object.keys(target.requests[0]!.headers);
    expect(names).not.toContain('te');
    expect(names).not.toContain('x-amzn-lattice-identity');
  });

  test.each([
    {
      name: 'a body without length is chunked',
      headers: {},
      body: 'hello',
      framing: ['chunked', undefined],
    },
    {
      name: 'a body with length keeps it',
      headers: { 'content-length': 5 },
      body: 'hello',
      framing: [undefined, '5'],
    },
    { name: 'no body to POST is told', headers: {}, body: undefined, framing: [undefined, '0'] },
  ])('$name', async ({ headers, body, framing }) => {
    const target = await target1();
    const { client } = await started({ targets: [target.port] });
    await client.ask({ ':method': 'POST', ...headers }, body);
    const [seen] = target.requests;
    expect(seen!.body).toBe(body ?? '');
    expect([seen!.headers['transfer-encoding'], seen!.headers['content-length']]).toEqual(framing);
  });

  test('HEAD, 205 and 304 end with their head', async () => {
    const target = await target1((seen, response) => {
      response.writeHead(Number(seen.url.slice(1)), { 'content-length': '3' });
      response.end(seen.method === 'HEAD' ? undefined : 'abc');
    });
    const { client } = await started({ targets: [target.port] });
    for (const [method, status] of [
      ['HEAD', 200],
      ['GET', 205],
      ['GET', 304],
      ['GET', 200],
    ] as const) {
      const response = await client.ask({ ':method': method, ':path': `/${status}` });
      expect(response).toMatchObject({ status, code: 0 });
      expect(response.text).toBe(method === 'GET' && status === 200 ? 'abc' : '');
      expect(response.headers.date).toBeDefined();
    }
  });

  test('Expect is answered here; interim responses are passed on', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until('hello');
      connection.send('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
      connection.send('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });
    closers.push(() => target.close());
    const { client } = await started({ targets: [target.port] });
    const stream = client.begin({ ':method': 'POST', expect: '100-continue', 'content-length': 5 });
    stream.once('headers', () => stream.end('hello'));
    expect(await responseOf(stream)).toMatchObject({
      status: 200,
      text: 'ok',
      interims: [100, 103],
    });
    expect((await target.connection(0)).received).not.toContain('expect');
  });

  test('fields of the response that are about a connection stay behind', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until();
      connection.send(
        'HTTP/1.1 999 Odd\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nHTTP2-Settings: x\r\n' +
          'ETag: 1\r\nETag: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nTrail: er\r\n\r\n',
      );
    });
    closers.push(() => target.close());
    const { client } = await started({ targets: [target.port] });
    const response = await client.ask();
    expect(response).toMatchObject({ status: 502, text: 'ok', code: 0, trailers: undefined });
    expect(Object.keys(response.headers).sort()).toEqual([':status', 'etag', 'x-amzn-requestid']);
  });
});

describe('a request of HTTP/2 for an HTTP/2 target', () => {
  test('keeps its fields, also such as come twice, and trailers in both directions', async () => {
    let trailers: unknown;
    const target = await target2((stream) => {
      stream.on('trailers', (fields) => {
        trailers = { ...fields };
      });
      stream.resume();
      stream.on('end', () => {
        stream.respond({ ':status': 200, 'x-a': ['1', '2'] }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-after': 'all' }));
        stream.end('ok');
      });
    });
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    const stream = client.session.request(
      { ':authority': 'shop.example', ':method': 'POST', te: 'trailers', 'x-b': ['1', '2'] },
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }));
    stream.end('hello');
    const response = await responseOf(stream);
    expect(response).toMatchObject({ status: 200, text: 'ok', trailers: { 'x-after': 'all' } });
    expect(response.headers['x-a']).toBe('1, 2');
    expect(trailers).toMatchObject({ 'x-sum': '42' });
    expect(target.requests[0]!.headers).toMatchObject({
      ':authority': 'shop.example',
      'x-b': '1, 2',
      te: 'trailers',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-amzn-source-vpc': 'vpc-1',
    });
  });

  test('gets interim responses of its target', async () => {
    const target = await target2((stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a>' });
      stream.respond({ ':status': 200 }, { endStream: true });
    });
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    expect(await client.ask()).toMatchObject({ status: 200, interims: [103] });
  });

  test('shares one connection with the others', async () => {
    const target = await target2();
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    await Promise.all(Array.from({ length: 50 }, () => client.ask({ ':method': 'POST' }, 'x')));
    expect(target.requests).toHaveLength(50);
    expect(target.sessions).toHaveLength(1);
  });

  test('goes over another connection when the target allows no more streams on the first', async () => {
    const waiting: ServerHttp2Stream[] = [];
    const target = await target2((stream) => waiting.push(stream), { maxConcurrentStreams: 2 });
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    const first = client.ask();
    while (waiting.length < 1) await turn();
    const others = [client.ask(), client.ask(), client.ask()];
    while (waiting.length < 4) await turn();
    expect(target.sessions).toHaveLength(2);
    for (const stream of waiting) stream.respond({ ':status': 200 }, { endStream: true });
    for (const response of await Promise.all([first, ...others])) expect(response.status).toBe(200);
  });

  test.each(['GET', 'POST'])('%s that the target refuses is sent again', async (method) => {
    const target = await target2((stream, _, number) => {
      if (number < 2) stream.close(7);
      else stream.respond({ ':status': 200 }, { endStream: true });
    });
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    const body = method === 'POST' ? 'hello' : undefined;
    expect(await client.ask({ ':method': method }, body)).toMatchObject({ status: 200 });
    expect(target.requests).toHaveLength(3);
  });

  test.each([
    { name: 'GET is sent again', method: 'GET', status: 200, count: 2 },
    { name: 'POST is not', method: 'POST', status: 502, count: 1 },
  ])('after a connection that broke: $name', async ({ method, status, count }) => {
    const target = await target2((stream, _, number) => {
      if (number === 0) stream.session!.destroy();
      else stream.respond({ ':status': 200 }, { endStream: true });
    });
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    expect((await client.ask({ ':method': method })).status).toBe(status);
    expect(target.requests).toHaveLength(count);
  });

  test('is not lost when the target says goodbye under load', async () => {
    const target = await target2((stream, _, number) => {
      stream.respond({ ':status': 200 }, { endStream: true });
      // Not close(): node aborts when a request with a body comes just then.
      if (number % 20 === 19) stream.session!.goaway(0);
    });
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    const statuses = new Set<number>();
    for (let round = 0; round < 10; round++) {
      const all = Array.from({ length: 60 }, () => client.ask({ ':method': 'POST' }, 'x'));
      for (const { status } of await Promise.all(all)) statuses.add(status);
    }
    expect([...statuses]).toEqual([200]);
    expect(target.sessions.length).toBeGreaterThan(5);
  });

  test.each([
    {
      name: 'is HTTP/1.1',
      answer: 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n',
      status: 502,
      failure: 'TargetProtocolError',
    },
    { name: 'ends at once', answer: '', status: 502, failure: 'TargetConnectionClosed' },
  ])('whose target $name gets $status', async ({ answer, status, failure }) => {
    const target = await rawTarget(async (connection) => {
      await connection.until('\r\n\r\n');
      connection.socket.end(answer);
    });
    closers.push(() => target.close());
    const { plane, client } = await started({ targets: [target.port], group: HTTP2 });
    expect((await client.ask({ ':method': 'POST' })).status).toBe(status);
    expect(await plane.stop()).toMatchObject([{ failureReason: failure }]);
  });

  test('whose target cannot be connected gets 503', async () => {
    const { plane, client } = await started({ targets: [1], group: HTTP2 });
    expect((await client.ask()).status).toBe(503);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionError' }]);
  });

  test('that is cut short by its target is cut short for its client', async () => {
    const target = await target2((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('some', () => stream.destroy(new Error('broken')));
    });
    const { plane, client } = await started({ targets: [target.port], group: HTTP2 });
    expect(await client.ask()).toMatchObject({ status: 200, text: 'some', code: 2 });
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionClosed' }]);
  });

  test('that its client gives up is given up towards the target', async () => {
    let code: number | undefined;
    const target = await target2((stream) => {
      stream.on('close', () => {
        code = stream.rstCode;
      });
    });
    const { plane, client } = await started({ targets: [target.port], group: HTTP2 });
    const stream = client.begin();
    while (target.requests.length === 0) await turn();
    stream.close(8);
    while (code === undefined) await turn();
    expect(code).toBe(8);
    expect(await plane.stop()).toMatchObject([
      { responseCode: 0, failureReason: 'ClientConnectionClosed' },
    ]);
  });

  test('whose target says nothing in time gets 504, and the next goes over another connection', async () => {
    const target = await target2((stream, _, number) => {
      if (number > 0) stream.respond({ ':status': 200 }, { endStream: true });
    });
    const options = { targets: [target.port], group: HTTP2, service: { idleTimeoutMs: 300 } };
    const { plane, client } = await started(options);
    expect((await client.ask()).status).toBe(504);
    expect((await client.ask()).status).toBe(200);
    expect(target.sessions).toHaveLength(2);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetDataTimeout' }, {}]);
  });

  test('is answered before it is complete: the client is asked to stop', async () => {
    const target = await target2((stream) => {
      stream.respond({ ':status': 413 });
      stream.end('no');
    });
    const { client } = await started({ targets: [target.port], group: HTTP2 });
    const stream = client.begin({ ':method': 'POST' });
    stream.write('a beginning');
    expect(await responseOf(stream)).toMatchObject({ status: 413, text: 'no', code: 0 });
  });
});

describe('bodies', () => {
  const PIECE = Buffer.alloc(64 * 1024, 'x');
  /** What may be on its way when nobody reads: over HTTP/2 windows, over HTTP/1.1 what two sockets take. */
  const HELD_BACK = { HTTP1: 16 * 1024 * 1024, HTTP2: 1024 * 1024 };

  test.each([
    { name: 'HTTP/1.1', version: 'HTTP1' },
    { name: 'HTTP/2', version: 'HTTP2' },
  ] as const)(
    'a slow reader holds back a target of $name, and nobody else',
    async ({ version }) => {
      let sent = 0;
      const pour = (
        write: (piece: Buffer) => boolean,
        drained: (more: () => void) => void,
      ): void => {
        const more = (): void => {
          while (sent < 64 * 1024 * 1024) {
            sent += PIECE.length;
            if (!write(PIECE)) {
              drained(more);
              return;
            }
          }
        };
        more();
      };
      const target =
        version === 'HTTP1'
          ? await target1((seen, response) => {
              if (seen.url !== '/big') response.end('small');
              else
                pour(
                  (piece) => response.write(piece),
                  (more) => response.once('drain', more),
                );
            })
          : await target2((stream, headers) => {
              stream.respond({ ':status': 200 });
              if (headers[':path'] !== '/big') stream.end('small');
              else
                pour(
                  (piece) => stream.write(piece),
                  (more) => stream.once('drain', more),
                );
            });
      const { client } = await started({
        targets: [target.port],
        group: { protocolVersion: version },
      });
      const slow = client.begin({ ':path': '/big' }, true);
      await once(slow, 'response');
      slow.pause();
      // Others on the same connections go on; when nothing has moved meanwhile, it is held back.
      for (let same = 0, before = -1; same < 30; ) {
        expect((await client.ask({ ':path': '/small' })).text).toBe('small');
        same = sent === before ? same + 1 : 0;
        before = sent;
      }
      expect(sent).toBeLessThan(HELD_BACK[version]);
      slow.close();
    },
  );

  test.each(['HTTP1', 'HTTP2'] as const)(
    'a slow target of %s holds back its client',
    async (version) => {
      const target =
        version === 'HTTP1'
          ? await rawTarget((connection, number) => {
              if (number === 0) connection.socket.pause();
              else
                void connection
                  .until()
                  .then(() =>
                    connection.send(
                      'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n',
                    ),
                  );
            })
          : await target2((stream, _, number) => {
              if (number > 0) stream.respond({ ':status': 200 }, { endStream: true });
            });
      if ('connections' in target) closers.push(() => target.close());
      const { client } = await started({
        targets: [target.port],
        group: { protocolVersion: version },
      });
      const stream = client.begin({ ':method': 'POST' });
      let taken = 0;
      const more = (): void => {
        stream.write(PIECE, () => {
          taken += PIECE.length;
          if (taken < 64 * 1024 * 1024 && !stream.destroyed) more();
        });
      };
      more();
      for (let same = 0, before = -1; same < 30; ) {
        expect((await client.ask()).status).toBe(200);
        same = taken === before ? same + 1 : 0;
        before = taken;
      }
      expect(taken).toBeLessThan(HELD_BACK[version]);
      stream.close(8);
    },
  );

  test('16 MiB pass in both directions at once, byte for byte', async () => {
    const target = await target2();
    const { plane, client } = await started({ targets: [target.port], group: HTTP2 });
    const stream = client.begin({ ':method': 'POST' });
    let received = 0;
    stream.on('data', (piece: Buffer) => {
      received += piece.length;
    });
    for (let i = 0; i < 256; i++) {
      if (!stream.write(PIECE)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'end');
    expect(received).toBe(256 * PIECE.length);
    const [line] = await plane.stop();
    expect(line!.bytesReceived).toBeGreaterThan(received);
    expect(line!.bytesSent).toBeGreaterThan(received);
  });
});

describe('the end of a connection', () => {
  test('by draining: what runs is finished, what comes then can be sent elsewhere', async () => {
    let answer: () => void = () => {};
    const target = await target2((stream) => {
      answer = () => stream.respond({ ':status': 200 }, { endStream: true });
    });
    const { plane, client } = await started({ targets: [target.port], group: HTTP2 });
    const running = client.ask();
    while (target.requests.length === 0) await turn();
    plane.send({ type: 'drain' });
    await once(client.session, 'goaway');
    expect(client.goawayCode).toBe(0);
    answer();
    expect((await running).status).toBe(200);
    await client.closed;
    await plane.ended;
  });

  test('by its lifetime: first GOAWAY, then what still runs is answered and all is closed', async () => {
    const target = await target2(() => {});
    const { plane, client } = await started(
      { targets: [target.port], group: HTTP2 },
      { connectionLifetimeMs: 500 },
    );
    const running = client.ask();
    await once(client.session, 'goaway');
    expect(await running).toMatchObject({ status: 504 });
    await client.closed;
    expect(await plane.stop()).toMatchObject([{ failureReason: 'ConnectionDurationExceeded' }]);
  });

  test('by having nothing to do', async () => {
    const { client } = await started({}, { idleTimeoutMs: 300 });
    expect((await client.ask()).status).toBe(404);
    await client.closed;
    expect(client.goawayCode).toBe(0);
  });

  test('by the end of its VPC’s association', async () => {
    const target = await target2(() => {});
    const { plane, client } = await started({ targets: [target.port], group: HTTP2 });
    const running = client.ask();
    while (target.requests.length === 0) await turn();
    await plane.apply([], ['vpc/vpc-1']);
    expect((await running).status).toBe(0);
    await client.closed;
    expect(await plane.stop()).toMatchObject([{ failureReason: 'ClientConnectionClosed' }]);
  });

  test('of a target that is deregistered: its calls are finished, new ones go elsewhere', async () => {
    let answer: () => void = () => {};
    const old = await target2((stream) => {
      answer = () => stream.respond({ ':status': 200, 'x-who': 'old' }, { endStream: true });
    });
    const fresh = await target2((stream) =>
      stream.respond({ ':status': 200, 'x-who': 'new' }, { endStream: true }),
    );
    const { plane, client } = await started({ targets: [old.port], group: HTTP2 });
    const running = client.ask();
    while (old.requests.length === 0) await turn();
    await plane.apply(shop({ targets: [fresh.port], group: HTTP2 }));
    expect((await client.ask()).headers['x-who']).toBe('new');
    answer();
    expect((await running).headers['x-who']).toBe('old');
    while (!old.sessions[0]!.destroyed) await turn();
  });
});

describe('beside HTTP/1.1', () => {
  test('a portal’s CONNECT leads to HTTP/2 as well', async () => {
    const target = await target1();
    const { plane } = await started({ targets: [target.port], listener: { port: 8080 } });
    const raw = await plane.client();
    raw.send('CONNECT shop.example:8080 HTTP/1.1\r\nHost: shop.example:8080\r\n\r\n');
    expect((await raw.response('HEAD')).status).toBe(200);
    raw.socket.removeAllListeners('data');
    const { connect } = await import('node:http2');
    const session = connect('http://shop.example', { createConnection: () => raw.socket });
    closers.push(() => session.destroy());
    const response = await responseOf(session.request({ ':path': '/tunnel' }));
    expect(response).toMatchObject({ status: 200, text: 'GET /tunnel' });
    expect(target.requests[0]!.headers['x-forwarded-port']).toBe('8080');
  });

  test('the same service answers both', async () => {
    const target = await target1();
    const { plane, client } = await started({ targets: [target.port] });
    expect((await client.ask({ ':path': '/two' })).text).toBe('GET /two');
    expect((await plane.ask(request('GET /one'))).text).toBe('GET /one');
    expect((await plane.stop()).map(({ protocol }) => protocol)).toEqual(['HTTP/2', 'HTTP/1.1']);
  });

  test('health checks over HTTP/2 decide where requests go', async () => {
    const bad = await target2((stream) => stream.respond({ ':status': 500 }, { endStream: true }));
    const good = await target2((stream) => stream.respond({ ':status': 200 }, { endStream: true }));
    const { plane, client } = await started({
      targets: [bad.port, good.port],
      group: {
        ...HTTP2,
        healthCheck: aHealthCheck({ protocolVersion: 'HTTP2', intervalMs: 5000 }),
      },
    });
    await plane.message(
      (message) =>
        message.type === 'health' && message.changes.some(({ health }) => health === 'HEALTHY'),
    );
    for (let i = 0; i < 4; i++) expect((await client.ask()).status).toBe(200);
  });
});
