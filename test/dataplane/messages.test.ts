import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aRule } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, request, shop } from './data-plane.ts';
import { type HttpTarget, httpTarget, type RawTarget, rawTarget } from './targets.ts';

let plane: DataPlane;
let target: HttpTarget;

beforeAll(async () => {
  target = await httpTarget((seen, response) =>
    response.end(Buffer.from(`${seen.method} ${seen.url} ${seen.body}`, 'latin1')),
  );
  plane = await DataPlane.start({
    parts: shop({
      targets: [target.port],
      listener: {
        rules: [
          aRule({
            match: { headers: [], path: { type: 'prefix', value: '/fixed', caseSensitive: true } },
            action: { type: 'fixed', statusCode: 404 },
          }),
        ],
      },
    }),
  });
});

afterAll(async () => {
  await plane.stop();
  await target.close();
});

beforeEach(() => {
  target.requests.length = 0;
});

const post = (path: string, body: string, headers: readonly string[] = []): string =>
  `${request(`POST ${path}`, [`Content-Length: ${body.length}`, ...headers])}${body}`;

const chunked = (path: string, chunks: string, headers: readonly string[] = []): string =>
  `${request(`POST ${path}`, ['Transfer-Encoding: chunked', ...headers])}${chunks}`;

describe('persistence', () => {
  test('an HTTP/1.1 connection carries one request after the other', async () => {
    const client = await plane.client();
    for (const path of ['/a', '/fixed', '/b', '/c']) {
      client.send(request(`GET ${path}`));
      const response = await client.response();
      expect(response.version).toBe('1.1');
      expect(response.header('connection')).toBeUndefined();
    }
    expect(target.requests.map(({ url }) => url)).toEqual(['/a', '/b', '/c']);
    expect(new Set(target.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  test.each([
    { name: 'forwarded', path: '/a' },
    { name: 'fixed', path: '/fixed' },
  ])('Connection: close ends the connection after the response: $name', async ({ path }) => {
    const client = await plane.client();
    client.send(request(`GET ${path}`, ['Connection: close']) + request('GET /not-answered'));
    expect((await client.response()).header('connection')).toBe('close');
    expect(await client.rest()).toBe('');
    expect(await client.ending).toBe('end');
    expect(target.requests.map(({ url }) => url)).not.toContain('/not-answered');
  });

  test('Connection: Close among others counts', async () => {
    const client = await plane.client();
    client.send(request('GET /', ['Connection: x, CLOSE']));
    expect((await client.response()).header('connection')).toBe('close');
    expect(await client.ending).toBe('end');
  });

  test.each([
    { name: 'forwarded', path: '/a' },
    { name: 'fixed', path: '/fixed' },
    { name: 'forwarded, though it asks to be kept', path: '/a', header: 'Connection: keep-alive' },
  ])('an HTTP/1.0 request is served and its connection ended: $name', async ({ path, header }) => {
    const client = await plane.client();
    const lines = [`GET ${path} HTTP/1.0`, 'Host: shop.example', header, '', ''];
    client.send(lines.filter((line) => line !== undefined).join('\r\n'));
    const response = await client.response();
    expect(response.status).toBe(path === '/a' ? 200 : 404);
    expect(response.header('connection')).toBe('close');
    expect(await client.ending).toBe('end');
  });

  test('an HTTP/1.0 request goes to its target as HTTP/1.1, with its body', async () => {
    const body = 'POST / HTTP/1.0\r\nHost: shop.example\r\nContent-Length: 2\r\n\r\nhi';
    expect(await plane.ask(body)).toMatchObject({ status: 200, text: 'POST / hi' });
  });

  test('HTTP/1.0 without Host selects no service', async () => {
    expect(await plane.ask('GET / HTTP/1.0\r\n\r\n')).toMatchObject({ status: 404 });
  });

  test('empty lines before a request are ignored', async () => {
    const client = await plane.client();
    await client.sendPieces([
      '\r',
      '\n\r\n',
      `\r\n${request('GET /1')}\r`,
      `\n${request('GET /2')}`,
    ]);
    expect((await client.response()).text).toBe('GET /1 ');
    expect((await client.response()).text).toBe('GET /2 ');
  });
});

const MIXED = [
  { bytes: request('GET /1'), text: 'GET /1 ' },
  { bytes: post('/2', 'body2'), text: 'POST /2 body2' },
  { bytes: request('GET /fixed'), text: 'Not Found' },
  { bytes: chunked('/3', '3\r\nabc\r\n0\r\n\r\n'), text: 'POST /3 abc' },
  { bytes: post('/4', ''), text: 'POST /4 ' },
  { bytes: `\r\n${request('GET /5')}`, text: 'GET /5 ' },
  {
    bytes: chunked('/6', '1;x=y\r\nA\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n'),
    text: 'POST /6 A0123456789',
  },
  { bytes: request('GET /fixed/2'), text: 'Not Found' },
];
const MIXED_BYTES = MIXED.map(({ bytes }) => bytes).join('');

describe('pipelining', () => {
  const answers = async (client: Awaited<ReturnType<DataPlane['client']>>) => {
    const texts: string[] = [];
    for (const _ of MIXED) texts.push((await client.response()).text);
    return texts;
  };
  const expected = MIXED.map(({ text }) => text);

  test('requests with and without bodies are answered in order', async () => {
    const client = await plane.client();
    client.send(MIXED_BYTES);
    expect(await answers(client)).toEqual(expected);
    expect(target.requests.map(({ url }) => url)).toEqual(['/1', '/2', '/3', '/4', '/5', '/6']);
  });

  test.each([1, 2, 3, 7, 16, 61])('also in pieces of %i bytes', async (size) => {
    const client = await plane.client();
    const sent = client.sendCut(MIXED_BYTES, size);
    expect(await answers(client)).toEqual(expected);
    await sent;
  });

  test('also when cut in two at every byte', async () => {
    const cuts = Array.from({ length: MIXED_BYTES.length - 1 }, (_, i) => i + 1);
    for (let from = 0; from < cuts.length; from += 50) {
      await Promise.all(
        cuts.slice(from, from + 50).map(async (cut) => {
          const client = await plane.client();
          const sent = client.sendPieces([MIXED_BYTES.slice(0, cut), MIXED_BYTES.slice(cut)]);
          expect(await answers(client), `cut at ${cut}`).toEqual(expected);
          await sent;
          client.destroy();
        }),
      );
    }
  });

  test('1000 fixed responses', async () => {
    const client = await plane.client();
    client.send(request('GET /fixed').repeat(1000));
    for (let i = 0; i < 1000; i++) expect((await client.response()).status).toBe(404);
    expect(client.unread).toBe('');
  });

  test('1000 forwarded requests', async () => {
    const client = await plane.client();
    client.send(Array.from({ length: 1000 }, (_, i) => request(`GET /${i}`)).join(''));
    for (let i = 0; i < 1000; i++) expect((await client.response()).text).toBe(`GET /${i} `);
  });

  test('what follows a malformed request is not looked at, what precedes it is answered', async () => {
    const client = await plane.client();
    client.send(`${request('GET /1')}BAD\r\n\r\n${request('GET /2')}`);
    expect((await client.response()).text).toBe('GET /1 ');
    expect((await client.response()).status).toBe(400);
    expect(await client.rest()).toBe('');
    expect(target.requests.map(({ url }) => url)).toEqual(['/1']);
  });
});

describe('request bodies', () => {
  test.each([
    { name: 'a length', bytes: post('/', 'hello'), body: 'hello', length: '5' },
    { name: 'a length of 0', bytes: post('/', ''), body: '', length: '0' },
    {
      name: 'all bytes',
      bytes: post('/', '\0\r\n\r\n\xff\x80'),
      body: '\0\r\n\r\n\xff\x80',
      length: '7',
    },
    {
      name: 'chunks',
      bytes: chunked('/', '5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n'),
      body: 'hello world',
    },
    { name: 'no chunk but the last', bytes: chunked('/', '0\r\n\r\n'), body: '' },
    {
      name: 'sizes in either letters',
      bytes: chunked('/', 'a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n'),
      body: '01234567890123456789',
    },
    {
      name: 'sizes with zeros before',
      bytes: chunked('/', '0005\r\nhello\r\n000\r\n\r\n'),
      body: 'hello',
    },
    {
      name: 'chunk extensions, which end here',
      bytes: chunked('/', '5;a=b;c="d e"\r\nhello\r\n0;z\r\n\r\n'),
      body: 'hello',
    },
    {
      name: 'trailers, which end here',
      bytes: chunked('/', '5\r\nhello\r\n0\r\nX-Trailer: 1\r\nY: 2\r\n\r\n', [
        'Trailer: X-Trailer',
      ]),
      body: 'hello',
    },
    {
      name: 'a coding in other letters',
      bytes: chunked('/', '1\r\nx\r\n0\r\n\r\n').replace('chunked', 'CHUNKED'),
      body: 'x',
    },
  ])('arrive as they were sent: $name', async ({ bytes, body, length }) => {
    expect((await plane.ask(bytes)).text).toBe(`POST / ${body}`);
    const [seen] = target.requests;
    expect(seen!.headers['content-length']).toBe(length);
    expect(seen!.headers['transfer-encoding']?.toString().toLowerCase()).toBe(
      length === undefined ? 'chunked' : undefined,
    );
    expect(seen!.rawHeaders.join()).not.toContain('railer');
  });

  test.each([
    { name: 'GET with a body', line: 'GET /' },
    { name: 'DELETE with a body', line: 'DELETE /' },
  ])('$name', async ({ line }) => {
    await plane.ask(`${request(line, ['Content-Length: 2'])}hi`);
    expect(target.requests[0]).toMatchObject({ body: 'hi', complete: true });
  });

  test('the connection can be used again after either framing', async () => {
    const client = await plane.client();
    for (let i = 0; i < 3; i++) {
      client.send(post('/', 'one'));
      expect((await client.response()).text).toBe('POST / one');
      client.send(chunked('/', '3\r\ntwo\r\n0\r\n\r\n'));
      expect((await client.response()).text).toBe('POST / two');
    }
    expect(new Set(target.requests.map(({ connection }) => connection)).size).toBe(1);
  });
});

describe('Expect: 100-continue', () => {
  test('is answered by us before the body, and not forwarded', async () => {
    const client = await plane.client();
    client.send(request('POST /', ['Content-Length: 2', 'Expect: 100-Continue']));
    // Nothing of the body was sent yet, so this can only be the interim response.
    await expect.poll(() => client.unread).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    client.send('hi');
    const response = await client.response();
    expect(response).toMatchObject({ status: 200, text: 'POST / hi', interims: [100] });
    expect(target.requests[0]!.headers['expect']).toBeUndefined();
  });

  test.each([
    { name: 'to a request without a body', bytes: request('GET /', ['Expect: 100-continue']) },
    {
      name: 'to an HTTP/1.0 client',
      bytes:
        'POST / HTTP/1.0\r\nHost: shop.example\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nhi',
    },
  ])('is not answered $name', async ({ bytes }) => {
    expect(await plane.ask(bytes)).toMatchObject({ status: 200, interims: [] });
  });

  test('a request that is not forwarded gets its answer at once, and the connection ends', async () => {
    const client = await plane.client();
    client.send(request('POST /fixed', ['Content-Length: 2', 'Expect: 100-continue']));
    const response = await client.response();
    expect(response).toMatchObject({ status: 404, interims: [] });
    expect(response.header('connection')).toBe('close');
    expect(await client.ending).toBe('end');
  });

  test('another expectation is refused', async () => {
    expect(await plane.ask(request('GET /', ['Expect: wonders']))).toMatchObject({ status: 400 });
  });
});

describe('responses', () => {
  let raw: RawTarget;
  let other: DataPlane;
  let answer: readonly string[] = [];
  let endsAfter = false;

  beforeAll(async () => {
    raw = await rawTarget(async (connection) => {
      let from = 0;
      for (;;) {
        from = await connection.until('\r\n\r\n', from);
        for (const piece of answer) {
          connection.send(piece);
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (endsAfter) connection.socket.end();
      }
    });
    other = await DataPlane.start({ parts: shop({ targets: [raw.port] }) });
  });

  afterAll(async () => {
    await other.stop();
    await raw.close();
  });

  interface Case {
    readonly name: string;
    readonly answer: string;
    readonly method?: string;
    readonly version?: string;
    readonly ends?: boolean;
    readonly expected: Record<string, unknown>;
    readonly headers?: Record<string, string | undefined>;
    /** Whether the client's connection goes on. */
    readonly kept?: boolean;
  }

  const CASES: readonly Case[] = [
    {
      name: 'a length',
      answer: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
      expected: { status: 200, text: 'hello', framing: 'length' },
    },
    {
      name: 'a length of 0',
      answer: 'HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n',
      expected: { status: 201, text: '', framing: 'length' },
    },
    {
      name: 'chunks, extensions and trailers left out',
      answer:
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n' +
        '5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nX: y\r\n\r\n',
      expected: { text: 'hello world', framing: 'chunked' },
      headers: { trailer: undefined, x: undefined },
    },
    {
      name: 'until the end of the connection, which becomes chunks',
      answer: 'HTTP/1.1 200 OK\r\n\r\nhello',
      ends: true,
      expected: { text: 'hello', framing: 'chunked' },
    },
    {
      name: 'a body of nothing until the end of the connection',
      answer: 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n',
      ends: true,
      expected: { text: '', framing: 'chunked' },
    },
    {
      name: 'chunks to an HTTP/1.0 client, until the end',
      version: '1.0',
      answer:
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n',
      expected: { text: 'hello world', framing: 'close' },
      headers: { 'transfer-encoding': undefined, connection: 'close' },
      kept: false,
    },
    {
      name: 'until the end of the connection to an HTTP/1.0 client',
      version: '1.0',
      answer: 'HTTP/1.1 200 OK\r\n\r\nhello',
      ends: true,
      expected: { text: 'hello', framing: 'close' },
      kept: false,
    },
    {
      name: 'HEAD with a length',
      method: 'HEAD',
      answer: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',
      expected: { status: 200, framing: 'none' },
      headers: { 'content-length': '5' },
    },
    {
      name: 'HEAD with chunks',
      method: 'HEAD',
      answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      expected: { status: 200, framing: 'none' },
      headers: { 'transfer-encoding': undefined },
    },
    {
      name: 'HEAD without any framing',
      method: 'HEAD',
      answer: 'HTTP/1.1 200 OK\r\n\r\n',
      expected: { status: 200, framing: 'none' },
    },
    {
      name: '204',
      answer: 'HTTP/1.1 204 No Content\r\n\r\n',
      expected: { status: 204, framing: 'none' },
      headers: { 'content-length': undefined, 'transfer-encoding': undefined },
    },
    {
      name: '204 with a length of 0',
      answer: 'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n',
      expected: { status: 204, framing: 'none' },
      headers: { 'content-length': undefined },
    },
    {
      name: '304 with the length that the body would have',
      answer: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\nETag: "x"\r\n\r\n',
      expected: { status: 304, framing: 'none' },
      headers: { 'content-length': '500', etag: '"x"' },
    },
    {
      name: 'interim responses',
      answer:
        'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n' +
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      expected: { status: 200, text: 'ok', interims: [102, 103] },
    },
    {
      name: '100 Continue from the target, which nobody waits for',
      answer: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      expected: { status: 200, text: 'ok', interims: [] },
    },
    {
      name: 'interim responses are not for HTTP/1.0 clients',
      version: '1.0',
      answer: 'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      expected: { status: 200, text: 'ok', interims: [] },
      kept: false,
    },
    {
      name: 'an HTTP/1.0 target',
      answer: 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
      expected: { version: '1.1', text: 'ok' },
    },
    {
      name: 'no reason phrase',
      answer: 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok',
      expected: { status: 200, reason: '', text: 'ok' },
    },
    {
      name: 'a status that nobody knows',
      answer: 'HTTP/1.1 799 Odd\r\nContent-Length: 2\r\n\r\nok',
      expected: { status: 799, reason: 'Odd', text: 'ok' },
    },
    {
      name: 'a redirect is not followed',
      answer: 'HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n',
      expected: { status: 302 },
      headers: { location: '/x' },
    },
  ];

  describe.each(CASES)('$name', ({ answer: bytes, method = 'GET', version = '1.1', ...wanted }) => {
    const cut = (size: number) => {
      const pieces: string[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
      return pieces;
    };

    test.each([bytes.length, 1, 3])('in pieces of %i bytes', async (size) => {
      answer = cut(size);
      endsAfter = wanted.ends ?? false;
      const client = await other.client();
      client.send(`${method} / HTTP/${version}\r\nHost: shop.example\r\n\r\n`);
      const response = await client.response(method);
      expect(response).toMatchObject(wanted.expected);
      for (const [name, value] of Object.entries(wanted.headers ?? {})) {
        expect(response.header(name), name).toBe(value);
      }
      expect(client.unread).toBe('');
      if (wanted.kept === false) {
        expect(await client.ending).toBe('end');
        return;
      }
      answer = ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain'];
      client.send(request('GET /'));
      expect((await client.response()).text).toBe('again');
    });
  });

  test('framing in an interim response is not passed on', async () => {
    answer = [
      'HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\nConnection: close\r\nLink: </a>\r\n' +
        'Keep-Alive: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    ];
    endsAfter = false;
    const client = await other.client();
    client.send(request('GET /', ['Connection: close']));
    const text = await client.rest();
    expect(text).toMatch(/^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a>\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });
});
