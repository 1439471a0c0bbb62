import { describe, expect, test } from 'vitest';
import {
  ACK,
  CONTINUATION,
  DATA,
  ENABLE_PUSH,
  END_HEADERS,
  END_STREAM,
  GOAWAY,
  HEADER_TABLE_SIZE,
  HEADERS,
  INITIAL_WINDOW_SIZE,
  MAX_FRAME_BYTES,
  MAX_FRAME_SIZE,
  PADDED,
  PING,
  PREFACE,
  PRIORITY,
  PUSH_PROMISE,
  RST_STREAM,
  SETTINGS,
  WINDOW_UPDATE,
  WITH_PRIORITY,
} from './frames.ts';
import { block, frame, OPENING, readFrames, setting, word } from './sample-frames.ts';
import { GET, POST, SampleSession } from './sample-session.ts';
import type { SessionLimits } from './session-limits.ts';

const PROTOCOL_ERROR = 1;
const FLOW_CONTROL_ERROR = 3;
const STREAM_CLOSED = 5;
const FRAME_SIZE_ERROR = 6;
const REFUSED_STREAM = 7;
const COMPRESSION_ERROR = 9;
const ENHANCE_YOUR_CALM = 11;

const WHOLE = END_HEADERS | END_STREAM;
const get = (id: number): Buffer => frame(HEADERS, WHOLE, id, block(GET));
/** A request that goes on. */
const post = (id: number, ...fields: string[]): Buffer =>
  frame(HEADERS, END_HEADERS, id, block([...POST, ...fields]));
const data = (id: number, size: number, flags = 0): Buffer =>
  frame(DATA, flags, id, Buffer.alloc(size, 'x'));

const serverThatGot = (...bytes: readonly Buffer[]): SampleSession => {
  const server = new SampleSession('server');
  for (const piece of bytes) server.session.receive(piece);
  return server;
};

/** Code of GOAWAY; undefined: there was none. */
const goawayOf = (session: SampleSession): number | undefined =>
  readFrames(session.turn())
    .findLast(({ type }) => type === GOAWAY)
    ?.payload.readUInt32BE(4);

interface Case {
  readonly name: string;
  readonly frames: readonly Buffer[];
  readonly code: number;
}

/** What ends the connection, as RFC 9113 has it in the section that is named. */
const CONNECTION_ERRORS: readonly Case[] = [
  { name: 'DATA on no stream (6.1)', frames: [data(0, 1)], code: PROTOCOL_ERROR },
  { name: 'DATA on an idle stream (5.1)', frames: [data(1, 1)], code: PROTOCOL_ERROR },
  {
    name: 'more padding than DATA (6.1)',
    frames: [post(1), frame(DATA, PADDED, 1, Buffer.of(3, 0, 0))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'padding without its length (6.1)',
    frames: [post(1), frame(DATA, PADDED, 1)],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'HEADERS on no stream (6.2)',
    frames: [frame(HEADERS, WHOLE, 0, block(GET))],
    code: PROTOCOL_ERROR,
  },
  { name: 'HEADERS on an even stream (5.1.1)', frames: [get(2)], code: PROTOCOL_ERROR },
  { name: 'HEADERS on a smaller stream (5.1.1)', frames: [get(5), get(3)], code: PROTOCOL_ERROR },
  {
    name: 'HEADERS with more padding than frame (6.2)',
    frames: [frame(HEADERS, WHOLE | PADDED, 1, Buffer.of(9, 0x82))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'HEADERS too short for its priority (6.2)',
    frames: [frame(HEADERS, WHOLE | WITH_PRIORITY, 1, Buffer.of(0, 0, 0))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'a header block that is no HPACK (4.3)',
    frames: [frame(HEADERS, WHOLE, 1, Buffer.of(0x80))],
    code: COMPRESSION_ERROR,
  },
  {
    name: 'a header block of a stream that is refused, too (4.3)',
    frames: [post(1), frame(HEADERS, WHOLE, 1, Buffer.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff))],
    code: COMPRESSION_ERROR,
  },
  {
    name: 'PRIORITY on no stream (6.3)',
    frames: [frame(PRIORITY, 0, 0, Buffer.alloc(5))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'RST_STREAM on no stream (6.4)',
    frames: [frame(RST_STREAM, 0, 0, word(8))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'RST_STREAM on an idle stream (6.4)',
    frames: [frame(RST_STREAM, 0, 1, word(8))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'RST_STREAM of a wrong length (6.4)',
    frames: [post(1), frame(RST_STREAM, 0, 1, Buffer.alloc(3))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'SETTINGS on a stream (6.5)',
    frames: [frame(SETTINGS, 0, 1)],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'SETTINGS of a wrong length (6.5)',
    frames: [frame(SETTINGS, 0, 0, Buffer.alloc(5))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'an answer to SETTINGS that says something (6.5)',
    frames: [frame(SETTINGS, ACK, 0, setting(1, 0))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'ENABLE_PUSH beyond 1 (6.5.2)',
    frames: [frame(SETTINGS, 0, 0, setting(ENABLE_PUSH, 2))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'INITIAL_WINDOW_SIZE beyond 2^31-1 (6.5.2)',
    frames: [frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 2 ** 31))],
    code: FLOW_CONTROL_ERROR,
  },
  {
    name: 'INITIAL_WINDOW_SIZE that makes a window too large (6.9.2)',
    frames: [
      post(1),
      frame(WINDOW_UPDATE, 0, 1, word(100_000)),
      frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 2 ** 31 - 1)),
    ],
    code: FLOW_CONTROL_ERROR,
  },
  {
    name: 'MAX_FRAME_SIZE below the smallest (6.5.2)',
    frames: [frame(SETTINGS, 0, 0, setting(MAX_FRAME_SIZE, 16_383))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'MAX_FRAME_SIZE beyond the largest (6.5.2)',
    frames: [frame(SETTINGS, 0, 0, setting(MAX_FRAME_SIZE, 2 ** 24))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'PUSH_PROMISE of a client (8.4)',
    frames: [post(1), frame(PUSH_PROMISE, END_HEADERS, 1, Buffer.of(0, 0, 0, 2, 0x82))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'PING on a stream (6.7)',
    frames: [frame(PING, 0, 1, Buffer.alloc(8))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'PING of a wrong length (6.7)',
    frames: [frame(PING, 0, 0, Buffer.alloc(7))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'GOAWAY on a stream (6.8)',
    frames: [frame(GOAWAY, 0, 1, Buffer.alloc(8))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'GOAWAY that is too short (6.8)',
    frames: [frame(GOAWAY, 0, 0, Buffer.alloc(7))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'WINDOW_UPDATE of a wrong length (6.9)',
    frames: [frame(WINDOW_UPDATE, 0, 0, Buffer.alloc(3))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'WINDOW_UPDATE by nothing (6.9)',
    frames: [frame(WINDOW_UPDATE, 0, 0, word(0))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'WINDOW_UPDATE on an idle stream (5.1)',
    frames: [frame(WINDOW_UPDATE, 0, 1, word(1))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'a connection window beyond 2^31-1 (6.9.1)',
    frames: [frame(WINDOW_UPDATE, 0, 0, word(2 ** 31 - 1))],
    code: FLOW_CONTROL_ERROR,
  },
  {
    name: 'CONTINUATION behind nothing (6.10)',
    frames: [post(1), frame(CONTINUATION, END_HEADERS, 1, block([]))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'CONTINUATION of another stream (6.10)',
    frames: [frame(HEADERS, 0, 1, block(GET)), frame(CONTINUATION, END_HEADERS, 3)],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'a header block that is interrupted (6.2)',
    frames: [frame(HEADERS, 0, 1, block(GET)), frame(PING, 0, 0, Buffer.alloc(8))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'a header block that is interrupted by DATA (6.2)',
    frames: [post(1), frame(HEADERS, 0, 3, block(GET)), data(1, 1)],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'a frame larger than announced (4.2)',
    frames: [frame(0x99, 0, 0, Buffer.alloc(16_385))],
    code: FRAME_SIZE_ERROR,
  },
  {
    name: 'HEADERS on a stream that has ended (5.1)',
    frames: [get(1)],
    code: STREAM_CLOSED,
  },
];

describe('what ends the connection', () => {
  test.each(CONNECTION_ERRORS)('$name', ({ frames, code }) => {
    const server = serverThatGot(OPENING, ...frames);
    if (code === STREAM_CLOSED) {
      server.requests[0]!.stream.respond([':status', '204'], true);
      server.session.receive(get(1));
    }
    expect(goawayOf(server)).toBe(code);
    expect(server.end).toMatchObject({ code });
    expect(server.transport.isEnded).toBe(true);
    // Nothing is read any more.
    server.session.receive(get(99));
    expect(server.requests.map(({ stream }) => stream.id)).not.toContain(99);
  });

  test.each([
    { name: 'no preface', bytes: Buffer.from('GET / HTTP/1.1\r\n') },
    { name: 'another frame before SETTINGS', bytes: Buffer.concat([PREFACE, get(1)]) },
    {
      name: 'an answer to SETTINGS before SETTINGS',
      bytes: Buffer.concat([PREFACE, frame(SETTINGS, ACK, 0)]),
    },
  ])('$name (3.4)', ({ bytes }) => {
    expect(goawayOf(serverThatGot(bytes))).toBe(PROTOCOL_ERROR);
  });

  test.each([
    {
      name: 'a stream that a server begins',
      bytes: frame(HEADERS, END_HEADERS, 2, block([':status', '200'])),
    },
    { name: 'PUSH_PROMISE', bytes: frame(PUSH_PROMISE, END_HEADERS, 1, Buffer.of(0, 0, 0, 2)) },
    { name: 'ENABLE_PUSH', bytes: frame(SETTINGS, 0, 0, setting(ENABLE_PUSH, 1)) },
    { name: 'DATA on a stream that was not begun', bytes: data(3, 1) },
  ])('of a client: $name', ({ bytes }) => {
    const client = new SampleSession('client');
    const { handler } = client.request();
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), bytes]));
    expect(goawayOf(client)).toBe(PROTOCOL_ERROR);
    expect(handler.heard).toEqual([`closed lost ${PROTOCOL_ERROR}`]);
  });
});

/** What resets one stream (RFC 9113 §5.4.2), which was begun with POST and is stream 1. */
const STREAM_ERRORS: readonly Case[] = [
  {
    name: 'DATA behind its end (5.1)',
    frames: [post(1), data(1, 1, END_STREAM), data(1, 1)],
    code: STREAM_CLOSED,
  },
  {
    name: 'HEADERS behind its end (5.1)',
    frames: [post(1), data(1, 1, END_STREAM), frame(HEADERS, WHOLE, 1, block(['a', 'b']))],
    code: STREAM_CLOSED,
  },
  {
    name: 'a second head (8.1)',
    frames: [post(1), frame(HEADERS, END_HEADERS, 1, block(['a', 'b']))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'pseudo-headers in trailers (8.1)',
    frames: [post(1), frame(HEADERS, WHOLE, 1, block([':path', '/']))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'WINDOW_UPDATE by nothing (6.9)',
    frames: [post(1), frame(WINDOW_UPDATE, 0, 1, word(0))],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'a window beyond 2^31-1 (6.9.1)',
    frames: [post(1), frame(WINDOW_UPDATE, 0, 1, word(2 ** 31 - 1))],
    code: FLOW_CONTROL_ERROR,
  },
  {
    name: 'more data than the stream allows (6.9)',
    frames: [post(1), ...Array.from({ length: 5 }, () => data(1, 16_384))],
    code: FLOW_CONTROL_ERROR,
  },
  {
    name: 'less data than content-length (8.1.1)',
    frames: [post(1, 'content-length', '3'), data(1, 2, END_STREAM)],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'more data than content-length (8.1.1)',
    frames: [post(1, 'content-length', '3'), data(1, 4)],
    code: PROTOCOL_ERROR,
  },
  {
    name: 'trailers before all of content-length (8.1.1)',
    frames: [post(1, 'content-length', '3'), frame(HEADERS, WHOLE, 1, block(['a', 'b']))],
    code: PROTOCOL_ERROR,
  },
];

const resetsOf = (session: SampleSession): [id: number, code: number][] =>
  readFrames(session.turn())
    .filter(({ type }) => type === RST_STREAM)
    .map(({ streamId, payload }) => [streamId, payload.readUInt32BE(0)]);

describe('what resets a stream, and leaves the others', () => {
  test.each(STREAM_ERRORS)('$name', ({ frames, code }) => {
    const server = new SampleSession('server');
    server.session.receive(OPENING);
    for (const bytes of frames) {
      server.session.receive(bytes);
      for (const { handler } of server.requests) handler.consumes = false;
    }
    expect(resetsOf(server)).toEqual([[1, code]]);
    expect(server.requests[0]!.handler.heard.at(-1)).toBe(`closed violation ${code}`);
    // What was on its way is no news.
    server.session.receive(Buffer.concat([data(1, 10), frame(RST_STREAM, 0, 1, word(8)), get(3)]));
    expect(resetsOf(server)).toEqual([]);
    expect(server.requests.map(({ stream }) => stream.id)).toEqual([1, 3]);
    expect(server.end).toBeUndefined();
  });

  const responses: readonly (readonly [name: string, bytes: Buffer])[] = [
    ['DATA before the head', data(1, 1)],
    ['no status', frame(HEADERS, END_HEADERS, 1, block(['a', 'b']))],
    ['a status that is none', frame(HEADERS, END_HEADERS, 1, block([':status', '2000']))],
    ['101', frame(HEADERS, END_HEADERS, 1, block([':status', '101']))],
    ['an interim response as end', frame(HEADERS, WHOLE, 1, block([':status', '103']))],
    ['a request', frame(HEADERS, WHOLE, 1, block(GET))],
    [
      'fields of a connection',
      frame(HEADERS, WHOLE, 1, block([':status', '200', 'connection', 'close'])),
    ],
    [
      'an end before content-length',
      frame(HEADERS, WHOLE, 1, block([':status', '200', 'content-length', '1'])),
    ],
  ];
  test.each(responses)('of a client: %s', (_, bytes) => {
    const client = new SampleSession('client');
    const { handler } = client.request();
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), bytes]));
    expect(resetsOf(client)).toEqual([[1, PROTOCOL_ERROR]]);
    expect(handler.heard).toEqual([`closed violation ${PROTOCOL_ERROR}`]);
    expect(client.end).toBeUndefined();
  });

  test.each([
    ['HEAD', '200'],
    ['GET', '304'],
  ])('but a content-length without a body is right for %s and %s', (method, status) => {
    const client = new SampleSession('client');
    const { handler } = client.request([':method', method, ...GET.slice(2)]);
    const head = block([':status', status, 'content-length', '5']);
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), frame(HEADERS, WHOLE, 1, head)]));
    expect(handler.heard).toEqual([`head ${status} and end`, 'closed complete 0']);
  });

  test.each([
    ['HEAD', '200'],
    ['GET', '204'],
    ['GET', '304'],
  ])('and content is wrong for them (%s %s)', (method, status) => {
    const client = new SampleSession('client');
    const { handler } = client.request([':method', method, ...GET.slice(2)]);
    const head = block([':status', status, 'content-length', '5']);
    client.session.receive(
      Buffer.concat([
        frame(SETTINGS, 0, 0),
        frame(HEADERS, END_HEADERS, 1, head),
        data(1, 5, END_STREAM),
      ]),
    );
    expect(handler.heard).toEqual([`head ${status}`, `closed violation ${PROTOCOL_ERROR}`]);
  });

  test('a server that answers nonsense to some leaves the others, however many they are', () => {
    const client = new SampleSession('client');
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), frame(SETTINGS, ACK, 0)]));
    const { handler } = client.request();
    for (let id = 3; id < 3 + 2 * 300; id += 2) {
      client.request();
      client.session.receive(frame(HEADERS, END_HEADERS, id, block([':status', '200', 'A', 'b'])));
    }
    expect(client.end).toBeUndefined();
    expect(handler.heard).toEqual([]);
  });

  test('RST_STREAM without END_STREAM is no end, whatever its code', () => {
    const client = new SampleSession('client');
    const { handler } = client.request();
    const head = frame(HEADERS, END_HEADERS, 1, block([':status', '200']));
    client.session.receive(
      Buffer.concat([frame(SETTINGS, 0, 0), head, data(1, 3), frame(RST_STREAM, 0, 1, word(0))]),
    );
    expect(handler.heard).toEqual(['head 200', 'data 3', 'closed reset 0']);
  });

  test('streams behind the last that GOAWAY names may be sent again', () => {
    const client = new SampleSession('client');
    const [first, second] = [client.request(), client.request()];
    const goaway = Buffer.concat([word(1), word(0)]);
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), frame(GOAWAY, 0, 0, goaway)]));
    expect(first.handler.heard).toEqual([]);
    expect(second.handler.heard).toEqual(['closed refused 0']);
    expect(client.session.takesRequests).toBe(false);
    expect(client.goingAways).toBe(1);
  });
});

describe('what was on its way when we reset a stream costs nothing (RFC 9113 §5.1)', () => {
  const window = (id: number): Buffer[] => Array.from({ length: 1_638 }, () => data(id, 10));

  test('a window full of small DATA from a server', () => {
    const client = new SampleSession('client');
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), frame(SETTINGS, ACK, 0)]));
    const [other, given] = [client.request(), client.request()];
    given.stream.reset(8);
    client.session.receive(frame(HEADERS, END_HEADERS, 3, block([':status', '200'])));
    for (const bytes of window(3)) client.session.receive(bytes);
    expect(client.end).toBeUndefined();
    expect(other.handler.heard).toEqual([]);
  });

  test('a window full of small DATA behind an early answer, and not more than a window', () => {
    const server = serverThatGot(OPENING, frame(SETTINGS, ACK, 0), post(1));
    const { stream } = server.requests[0]!;
    stream.respond([':status', '413'], true);
    stream.resetAfterEnd(0);
    for (const bytes of window(1)) server.session.receive(bytes);
    expect(server.end).toBeUndefined();
    for (const bytes of window(1)) server.session.receive(bytes);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('the heads and ends of very many answers that were given up at once', () => {
    const client = new SampleSession('client');
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), frame(SETTINGS, ACK, 0)]));
    const given = Array.from({ length: 250 }, () => client.request().stream);
    for (const stream of given) stream.reset(8);
    for (const { id } of given) {
      client.session.receive(frame(HEADERS, END_HEADERS, id, block([':status', '200'])));
      for (let i = 0; i < 4; i++) client.session.receive(data(id, 1_000));
      client.session.receive(data(id, 0));
      client.session.receive(frame(HEADERS, WHOLE, id, block(['x-sum', '1'])));
      client.session.receive(frame(RST_STREAM, 0, id, word(0)));
    }
    expect(client.end).toBeUndefined();
    // None of the frames that are for other things was used up.
    for (let i = 0; i < 999; i++) client.session.receive(frame(PING, 0, 0, Buffer.alloc(8)));
    expect(client.end).toBeUndefined();
  });

  test('trailers, however many streams have ended since', () => {
    const server = serverThatGot(OPENING, frame(SETTINGS, ACK, 0), post(1));
    server.requests[0]!.stream.reset(8);
    for (let id = 3; id < 1_003; id += 2) {
      server.session.receive(get(id));
      server.requests.at(-1)!.stream.respond([':status', '204'], true);
    }
    server.session.receive(frame(HEADERS, WHOLE, 1, block(['x-sum', '1'])));
    expect(server.end).toBeUndefined();
  });
});

describe('what is ignored (RFC 9113 §5.5 and others)', () => {
  test.each([
    { name: 'unknown frames', bytes: frame(0x99, 0xff, 7, Buffer.alloc(100)) },
    { name: 'unknown settings', bytes: frame(SETTINGS, 0, 0, setting(0x99, 1)) },
    { name: 'PRIORITY', bytes: frame(PRIORITY, 0, 9, Buffer.alloc(5)) },
    { name: 'GOAWAY of a client', bytes: frame(GOAWAY, 0, 0, Buffer.alloc(8)) },
    { name: 'an answer to no PING', bytes: frame(PING, ACK, 0, Buffer.alloc(8)) },
    { name: 'padding', bytes: frame(DATA, PADDED, 1, Buffer.of(2, 1, 0, 0)) },
    {
      name: 'a table size',
      bytes: frame(SETTINGS, 0, 0, setting(HEADER_TABLE_SIZE, 0)),
    },
  ])('$name', ({ bytes }) => {
    const server = serverThatGot(OPENING, post(1), bytes, get(3));
    expect(server.requests).toHaveLength(2);
    expect(server.end).toBeUndefined();
  });

  test('priority and padding of HEADERS', () => {
    const payload = Buffer.concat([Buffer.of(3, 0x80, 0, 0, 1, 15), block(GET), Buffer.alloc(3)]);
    const server = serverThatGot(
      OPENING,
      frame(HEADERS, WHOLE | PADDED | WITH_PRIORITY, 1, payload),
    );
    expect(server.requests[0]!.fields).toEqual(GET);
  });
});

describe('what is limited', () => {
  const flooded = (limits: Partial<SessionLimits>, bytes: readonly Buffer[]): SampleSession => {
    const server = new SampleSession('server', limits);
    server.session.receive(OPENING);
    server.session.receive(frame(SETTINGS, ACK, 0));
    for (const piece of bytes) server.session.receive(piece);
    return server;
  };
  const many = (count: number, make: (index: number) => Buffer): Buffer[] =>
    Array.from({ length: count }, (_, index) => make(index));

  test.each([
    { name: 'SETTINGS', make: () => frame(SETTINGS, 0, 0) },
    { name: 'PING', make: () => frame(PING, 0, 0, Buffer.alloc(8)) },
    { name: 'PRIORITY', make: () => frame(PRIORITY, 0, 1, Buffer.alloc(5)) },
    { name: 'WINDOW_UPDATE', make: () => frame(WINDOW_UPDATE, 0, 0, word(1)) },
    { name: 'WINDOW_UPDATE of a stream', make: () => frame(WINDOW_UPDATE, 0, 1, word(1)) },
    { name: 'empty DATA', make: () => frame(DATA, 0, 1) },
    { name: 'RST_STREAM of a stream that is gone', make: () => frame(RST_STREAM, 0, 3, word(8)) },
    { name: 'unknown frames', make: () => frame(0x99, 0, 0) },
    { name: 'GOAWAY', make: () => frame(GOAWAY, 0, 0, Buffer.alloc(8)) },
  ])('$name', ({ make }) => {
    const begin = [post(1), post(3), frame(RST_STREAM, 0, 3, word(8))];
    const server = flooded({}, [...begin, ...many(900, make)]);
    expect(server.end).toBeUndefined();
    for (const bytes of many(200, make)) server.session.receive(bytes);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
    // The rest of the flood stays with its sender.
    expect(server.transport.isPaused).toBe(true);
  });

  test('anything, after a violation that is not a flood: what was on its way is read, no more', () => {
    const server = flooded({}, [frame(PING, 0, 1, Buffer.alloc(8))]);
    expect(server.end).toMatchObject({ code: PROTOCOL_ERROR });
    for (let i = 0; i < 16; i++) server.session.receive(Buffer.alloc(65_536));
    expect(server.transport.isPaused).toBe(false);
    server.session.receive(Buffer.alloc(65_536));
    expect(server.transport.isPaused).toBe(true);
  });

  test('WINDOW_UPDATE, whatever was sent before', () => {
    const server = flooded({}, [get(1)]);
    const { stream } = server.requests[0]!;
    stream.respond([':status', '200'], false);
    const opened = (id: number) => frame(WINDOW_UPDATE, 0, id, word(MAX_FRAME_BYTES));
    for (let i = 0; i < 5_000; i++) {
      stream.write(Buffer.alloc(MAX_FRAME_BYTES), 0, MAX_FRAME_BYTES);
      server.turn();
      server.session.receive(Buffer.concat([opened(0), opened(1)]));
    }
    expect(server.end).toBeUndefined();
    const one = frame(WINDOW_UPDATE, 0, 1, word(1));
    for (const bytes of many(12_000, () => one)) server.session.receive(bytes);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('SETTINGS that are acknowledged again and again', () => {
    const server = flooded(
      {},
      many(900, () => frame(SETTINGS, ACK, 0)),
    );
    expect(server.end).toBeUndefined();
    for (const bytes of many(200, () => frame(SETTINGS, ACK, 0))) server.session.receive(bytes);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('PINGs between single bytes of content', () => {
    const ping = frame(PING, 0, 0, Buffer.alloc(8));
    const server = flooded({}, [post(1), ...many(1_100, () => Buffer.concat([data(1, 1), ping]))]);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('heads on a stream that we have reset', () => {
    const server = flooded({}, [post(1)]);
    server.requests[0]!.stream.reset(8);
    const late = frame(HEADERS, END_HEADERS, 1, block(['a', 'b']));
    for (const bytes of many(900, () => late)) server.session.receive(bytes);
    expect(server.end).toBeUndefined();
    for (const bytes of many(200, () => late)) server.session.receive(bytes);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('streams that are refused because the peer does not know yet how many there may be', () => {
    const server = new SampleSession('server');
    server.session.receive(OPENING);
    for (const bytes of many(1_200, (i) => post(2 * i + 1))) server.session.receive(bytes);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('answers to control frames that a server does not read', () => {
    const client = new SampleSession('client');
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), frame(SETTINGS, ACK, 0)]));
    client.request();
    client.session.receive(frame(HEADERS, END_HEADERS, 1, block([':status', '200'])));
    client.transport.isBlocked = true;
    const pings = many(4, () => frame(PING, 0, 0, Buffer.alloc(8)));
    // As much content as pays for them.
    const one = Buffer.concat([data(1, 5_000), ...pings]);
    for (let i = 0; i < 50_000 && client.end === undefined; i++) {
      client.session.receive(one);
      client.transport.waitingBytes += client.turn().length;
    }
    expect(client.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
    expect(client.transport.waitingBytes).toBeLessThan(600_000);
  });

  test('but a server that reads late loses nothing, whatever it has sent', () => {
    const client = new SampleSession('client');
    client.session.receive(Buffer.concat([frame(SETTINGS, 0, 0), frame(SETTINGS, ACK, 0)]));
    client.request();
    client.session.receive(frame(HEADERS, END_HEADERS, 1, block([':status', '200'])));
    client.transport.isBlocked = true;
    // Large heads of others.
    client.transport.waitingBytes = 1_000_000;
    for (let i = 0; i < 2_000; i++) client.session.receive(data(1, 16_000));
    expect(client.end).toBeUndefined();
    // It may be waiting for us to read.
    expect(client.transport.isPaused).toBe(false);
  });

  test('but not what messages need', () => {
    const server = flooded({ maxControlFrames: 10 }, []);
    for (let id = 1; id < 1_000; id += 2) {
      server.session.receive(get(id));
      server.session.receive(frame(PING, 0, 0, Buffer.alloc(8)));
      const { stream } = server.requests.at(-1)!;
      stream.respond([':status', '200'], false);
      stream.write(Buffer.alloc(100), 0, 100);
      stream.end();
      server.turn();
      for (const streamId of [0, id]) {
        server.session.receive(frame(WINDOW_UPDATE, 0, streamId, word(100)));
      }
    }
    expect(server.end).toBeUndefined();
  });

  test('and what was used comes back with time', () => {
    const ping = frame(PING, 0, 0, Buffer.alloc(8));
    const server = flooded(
      { maxControlFrames: 10 },
      many(9, () => ping),
    );
    server.now = 10_000;
    for (const bytes of many(10, () => ping)) server.session.receive(bytes);
    expect(server.end).toBeUndefined();
  });

  const opened = (id: number): Buffer =>
    Buffer.concat([post(id), frame(RST_STREAM, 0, id, word(8))]);

  test('streams that are opened to be reset', () => {
    const server = flooded(
      {},
      many(200, (i) => opened(2 * i + 1)),
    );
    expect(server.end).toBeUndefined();
    server.session.receive(opened(401));
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('streams that are opened to be reset by us', () => {
    const bad = (id: number) =>
      Buffer.concat([post(id), frame(WINDOW_UPDATE, 0, id, word(0)), post(id + 2, 'A', 'b')]);
    const server = flooded(
      {},
      many(101, (i) => bad(4 * i + 1)),
    );
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('a reset is forgiven for each answer that its owner counts', () => {
    const server = flooded({ maxStreamResets: 2 }, []);
    for (let id = 1; id < 400; id += 2) {
      server.session.receive(opened(id));
      server.session.forgiveReset();
    }
    expect(server.end).toBeUndefined();
  });

  test('streams at a time, from when the peer knows how many', () => {
    const server = new SampleSession('server', { maxConcurrentStreams: 2 });
    server.session.receive(OPENING);
    for (const id of [1, 3, 5]) server.session.receive(post(id));
    expect(resetsOf(server)).toEqual([[5, REFUSED_STREAM]]);
    server.session.receive(frame(SETTINGS, ACK, 0));
    server.session.receive(post(7));
    expect(server.end).toMatchObject({ code: PROTOCOL_ERROR });
  });

  test('header blocks, by frames and by bytes', () => {
    const small = frame(CONTINUATION, 0, 1, Buffer.alloc(10));
    const begin = frame(HEADERS, 0, 1, block(GET));
    expect(flooded({}, [begin, ...many(20, () => small)]).end).toMatchObject({
      code: ENHANCE_YOUR_CALM,
    });
    const large = frame(CONTINUATION, 0, 1, Buffer.alloc(16_000));
    expect(flooded({}, [begin, ...many(6, () => large)]).end).toMatchObject({
      code: ENHANCE_YOUR_CALM,
    });
  });

  test('a header block that is begun and never ended', () => {
    const server = flooded({}, [frame(HEADERS, 0, 1, block(GET))]);
    server.session.check(9_999);
    expect(server.end).toBeUndefined();
    server.session.check(10_000);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('header lists: refused, told, and the connection goes on', () => {
    const fields = [...GET, 'a', 'x'.repeat(300)];
    const server = flooded({ maxHeaderListBytes: 400 }, [
      frame(HEADERS, WHOLE, 1, block(fields)),
      get(3),
    ]);
    expect(resetsOf(server)).toEqual([[1, ENHANCE_YOUR_CALM]]);
    expect(server.refused).toEqual([{ fields: GET, isTooLarge: true }]);
    expect(server.requests).toHaveLength(1);
  });

  test('header lists, again and again', () => {
    const large = block([...GET, 'a', 'x'.repeat(300)]);
    const heads = (from: number, length: number) =>
      many(length, (i) => frame(HEADERS, WHOLE, 2 * (from + i) + 1, large));
    const server = flooded({ maxHeaderListBytes: 400, maxStreamResets: 200 }, heads(0, 20));
    expect(server.end).toBeUndefined();
    for (const bytes of heads(20, 1)) server.session.receive(bytes);
    expect(server.end).toMatchObject({ code: ENHANCE_YOUR_CALM });
  });

  test('what waits for a peer that does not read: it is not heard until it does', () => {
    const server = flooded({ maxWaitingBytes: 1_000 }, [get(1)]);
    expect(server.transport.isPaused).toBe(false);
    server.transport.isBlocked = true;
    server.transport.waitingBytes = 1_001;
    server.session.receive(get(3));
    expect(server.transport.isPaused).toBe(true);
    server.transport.isBlocked = false;
    server.transport.waitingBytes = 0;
    server.session.drained();
    expect(server.transport.isPaused).toBe(false);
  });

  test('and who is not heard is heard again though the network was never blocked', () => {
    const server = flooded({ maxWaitingBytes: 1_000 }, [
      Buffer.concat(many(100, () => frame(PING, 0, 0, Buffer.alloc(8)))),
    ]);
    expect(server.transport.isPaused).toBe(true);
    server.turn();
    expect(server.transport.isPaused).toBe(false);
  });
});
