import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataPlane, shop } from './data-plane.ts';
import { FRAME, FrameClient, frame, http2Target, literals } from './http2-peers.ts';
import { type HttpTarget, httpTarget } from './targets.ts';

type Field = readonly [name: string, value: string];

const METHOD: Field = [':method', 'GET'];
const PATH: Field = [':path', '/bad'];
const SCHEME: Field = [':scheme', 'http'];
const AUTHORITY: Field = [':authority', 'shop.example'];
const GET = [METHOD, PATH, SCHEME, AUTHORITY];
const POST: readonly Field[] = [[':method', 'POST'], PATH, SCHEME, AUTHORITY];

/** What happens: an answer 400, or RST_STREAM with PROTOCOL_ERROR. */
type Outcome = 400 | 'reset';

interface Case {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Without one the request ends with its head. */
  readonly body?: string;
  readonly outcome: Outcome;
}

/** RFC 9113 §8: requests that are malformed. */
const CASES: readonly Case[] = [
  { name: 'a name in upper case', fields: [...GET, ['X-A', 'b']], outcome: 'reset' },
  { name: 'Connection', fields: [...GET, ['connection', 'x-a']], outcome: 'reset' },
  { name: 'Keep-Alive', fields: [...GET, ['keep-alive', 'timeout=5']], outcome: 'reset' },
  { name: 'Proxy-Connection', fields: [...GET, ['proxy-connection', 'close']], outcome: 'reset' },
  { name: 'Upgrade', fields: [...GET, ['upgrade', 'websocket']], outcome: 'reset' },
  {
    name: 'Transfer-Encoding',
    fields: [...POST, ['transfer-encoding', 'chunked']],
    body: '0\r\n\r\n',
    outcome: 'reset',
  },
  { name: 'TE with more than trailers', fields: [...GET, ['te', 'gzip']], outcome: 'reset' },
  {
    name: 'a pseudo-header behind a header',
    fields: [METHOD, PATH, ['a', 'b'], SCHEME, AUTHORITY],
    outcome: 'reset',
  },
  { name: 'a pseudo-header twice', fields: [...GET, [':path', '/other']], outcome: 'reset' },
  { name: 'an unknown pseudo-header', fields: [...GET, [':what', 'x']], outcome: 'reset' },
  { name: 'a pseudo-header of responses', fields: [...GET, [':status', '200']], outcome: 'reset' },
  {
    name: ':protocol, which was not offered',
    fields: [...GET, [':protocol', 'websocket']],
    outcome: 'reset',
  },
  { name: 'no method', fields: [PATH, SCHEME, AUTHORITY], outcome: 'reset' },
  { name: 'no path', fields: [METHOD, SCHEME, AUTHORITY], outcome: 'reset' },
  { name: 'no scheme', fields: [METHOD, PATH, AUTHORITY], outcome: 'reset' },
  { name: 'an empty path', fields: [METHOD, [':path', ''], SCHEME, AUTHORITY], outcome: 'reset' },
  {
    name: 'a path without a slash',
    fields: [METHOD, [':path', 'bad'], SCHEME, AUTHORITY],
    outcome: 'reset',
  },
  {
    name: 'a path with a space',
    fields: [METHOD, [':path', '/b ad'], SCHEME, AUTHORITY],
    outcome: 'reset',
  },
  {
    name: 'a path with a line end',
    fields: [METHOD, [':path', '/b\r\nx: y'], SCHEME, AUTHORITY],
    outcome: 'reset',
  },
  {
    name: 'a path with a fragment',
    fields: [METHOD, [':path', '/b#c'], SCHEME, AUTHORITY],
    outcome: 400,
  },
  {
    name: 'a path beyond ASCII',
    fields: [METHOD, [':path', '/\xe9'], SCHEME, AUTHORITY],
    outcome: 400,
  },
  {
    name: 'a method that is no token',
    fields: [[':method', 'G T'], PATH, SCHEME, AUTHORITY],
    outcome: 'reset',
  },
  {
    name: 'a method without end',
    fields: [[':method', 'G'.repeat(33)], PATH, SCHEME, AUTHORITY],
    outcome: 400,
  },
  { name: 'CONNECT', fields: [[':method', 'CONNECT'], AUTHORITY], outcome: 400 },
  { name: 'neither authority nor Host', fields: [METHOD, PATH, SCHEME], outcome: 'reset' },
  {
    name: 'another Host than the authority',
    fields: [...GET, ['host', 'other.example']],
    outcome: 400,
  },
  {
    name: 'Host twice',
    fields: [METHOD, PATH, SCHEME, ['host', 'shop.example'], ['host', 'shop.example']],
    outcome: 'reset',
  },
  {
    name: 'an authority with user information',
    fields: [METHOD, PATH, SCHEME, [':authority', 'a@shop.example']],
    outcome: 'reset',
  },
  {
    name: 'an authority with a port that is none',
    fields: [METHOD, PATH, SCHEME, [':authority', 'shop.example:x']],
    outcome: 400,
  },
  {
    name: 'an authority with a line end',
    fields: [METHOD, PATH, SCHEME, [':authority', 'shop.example\r\nx: y']],
    outcome: 'reset',
  },
  {
    name: 'a content-length without a body',
    fields: [...POST, ['content-length', '3']],
    outcome: 'reset',
  },
  {
    name: 'a content-length that is too short',
    fields: [...POST, ['content-length', '3']],
    body: 'hello',
    outcome: 'reset',
  },
  {
    name: 'a content-length that is too long',
    fields: [...POST, ['content-length', '9']],
    body: 'hello',
    outcome: 'reset',
  },
  {
    name: 'a content-length that is no number',
    fields: [...POST, ['content-length', '5x']],
    body: 'hello',
    outcome: 'reset',
  },
  {
    name: 'content-length twice',
    fields: [...POST, ['content-length', '5'], ['content-length', '5']],
    body: 'hello',
    outcome: 'reset',
  },
  { name: 'an expectation that nobody knows', fields: [...GET, ['expect', 'tea']], outcome: 400 },
  {
    name: 'more proxies than can be',
    fields: [...GET, ['x-forwarded-for', 'a,'.repeat(31)]],
    outcome: 400,
  },
];

/** RFC 9113 §8.2.1: what no field may be. */
const INVALID: readonly Field[] = [
  ['x bad', 'a'],
  ['x-bad', 'a\r\nx-smuggled: b'],
  ['x-bad', 'a\nx-smuggled: b'],
  ['x-bad', 'a\0b'],
  ['x-bad', ' a'],
];

let plane: DataPlane;
let target: HttpTarget;

beforeAll(async () => {
  target = await httpTarget();
  plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
});

afterAll(async () => {
  await plane.stop();
  await target.close();
});

const END_HEADERS = 4;
const END_STREAM = 1;

const requestFrames = (id: number, fields: readonly Field[], body?: string): Buffer[] => {
  const flags = END_HEADERS | (body === undefined ? END_STREAM : 0);
  const head = frame(FRAME.headers, flags, id, literals(fields));
  return body === undefined
    ? [head]
    : [head, frame(FRAME.data, END_STREAM, id, Buffer.from(body, 'latin1'))];
};

describe('a malformed request is refused, and its connection goes on', () => {
  test.each(CASES)('$name: $outcome', async ({ fields, body, outcome }) => {
    const client = await FrameClient.connect(plane.port);
    client.send(...requestFrames(1, fields, body));
    const first = await client.until(
      ({ streamId, type }) => streamId === 1 && (type === FRAME.headers || type === FRAME.reset),
    );
    expect(first?.type).toBe(outcome === 400 ? FRAME.headers : FRAME.reset);
    if (outcome === 'reset') expect(first!.payload.readUInt32BE(0)).toBe(1);
    client.send(...requestFrames(3, [METHOD, [':path', '/good'], SCHEME, AUTHORITY]));
    expect(await client.until(({ streamId }) => streamId === 3)).toMatchObject({
      type: FRAME.headers,
    });
    client.socket.destroy();
  });

  test.each(INVALID)('%s: %j is malformed', async (...field) => {
    const before = target.requests.length;
    const client = await FrameClient.connect(plane.port);
    client.send(...requestFrames(1, [METHOD, [':path', '/good'], SCHEME, AUTHORITY, field]));
    expect(await client.until(({ streamId }) => streamId === 1)).toMatchObject({
      type: FRAME.reset,
      payload: Buffer.of(0, 0, 0, 1),
    });
    client.socket.destroy();
    expect(target.requests).toHaveLength(before);
  });

  test('a field about the connection among the trailers is left out', async () => {
    const other = await http2Target();
    const parts = shop({ targets: [other.port], group: { protocolVersion: 'HTTP2' } });
    const second = await DataPlane.start({ parts });
    const client = await FrameClient.connect(second.port);
    const trailers = literals([['http2-settings', 'x']]);
    client.send(
      frame(FRAME.headers, END_HEADERS, 1, literals([...POST, ['te', 'trailers']])),
      frame(FRAME.data, 0, 1, Buffer.from('hello')),
      frame(FRAME.headers, END_HEADERS | END_STREAM, 1, trailers),
    );
    const end = await client.until(({ streamId, flags }) => streamId === 1 && (flags & 1) === 1);
    expect(end).toBeDefined();
    client.socket.destroy();
    expect(await second.stop()).toMatchObject([{ responseCode: 200, failureReason: '-' }]);
    await other.close();
  });

  test('and the target saw no complete request of any of them', async () => {
    const bad = target.requests.filter(({ url, complete }) => complete && url !== '/good');
    expect(bad).toEqual([]);
    const records = await plane.stop();
    const refused = records.filter(({ requestPath }) => requestPath !== '/good');
    expect(refused).toHaveLength(CASES.length + INVALID.length);
    for (const record of refused) {
      expect(record).toMatchObject({
        protocol: 'HTTP/2',
        responseCode: 400,
        failureReason: 'ClientProtocolError',
      });
    }
  });
});
