import { describe, expect, test } from 'vitest';
import { CANCEL } from './error-codes.ts';
import {
  ACK,
  DATA,
  END_HEADERS,
  END_STREAM,
  HEADERS,
  INITIAL_WINDOW_SIZE,
  MAX_HEADER_LIST_SIZE,
  PING,
  SETTINGS,
  WINDOW_UPDATE,
} from './frames.ts';
import { block, frame, OPENING, readFrames, setting, word } from './sample-frames.ts';
import { GET, POST, SamplePair, SampleSession } from './sample-session.ts';
import { DEFAULT_SESSION_LIMITS } from './session-limits.ts';

const HEAD = [':status', '200', 'content-type', 'text/plain'];

const WHOLE = END_HEADERS | END_STREAM;
/** What a server's connection begins with. */
const SET = frame(SETTINGS, 0, 0);

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a request and its response', () => {
  test.each([{ step: 1 }, { step: 7 }, { step: 100_000 }])(
    'pass whole, whatever pieces the network makes of them ($step)',
    ({ step }) => {
      const pair = new SamplePair();
      const { client, server } = pair;
      const { stream, handler } = client.request([...POST, 'x-a', '1'], false);
      stream.write(bytesOf('hello'), 0, 5);
      stream.end(['x-sum', '5']);
      pair.settle(step);
      const [request] = server.requests;
      expect(request!.fields).toEqual([...POST, 'x-a', '1']);
      expect(request!.handler.body).toBe('hello');
      expect(request!.handler.trailers).toEqual(['x-sum', '5']);
      request!.stream.inform([':status', '103', 'link', '</a>']);
      request!.stream.respond(HEAD, false);
      request!.stream.write(bytesOf('some text'), 5, 9);
      request!.stream.end(['x-after', 'all']);
      pair.settle(step);
      expect(handler.heads).toEqual([[':status', '103', 'link', '</a>'], HEAD]);
      expect(handler.body).toBe('text');
      expect(handler.trailers).toEqual(['x-after', 'all']);
      expect(handler.heard.at(-1)).toBe('closed complete 0');
      expect(request!.handler.heard.at(-1)).toBe('closed complete 0');
      expect([client.session.streamCount, server.session.streamCount]).toEqual([0, 0]);
    },
  );

  test('a turn is one write, and the end comes with the last data', () => {
    const pair = new SamplePair();
    pair.client.request();
    pair.client.request();
    pair.settle();
    const { writes } = pair.server.transport;
    for (const { stream } of pair.server.requests) {
      stream.respond(HEAD, false);
      stream.write(bytesOf('one'), 0, 3);
      stream.write(bytesOf('two'), 0, 3);
      stream.end();
    }
    const frames = readFrames(pair.server.turn());
    expect(pair.server.transport.writes - writes).toBe(1);
    const shapes = frames.map(({ type, flags, payload }) => [type, flags, payload.toString()]);
    expect(shapes.filter(([type]) => type === 0)).toEqual([
      [0, 1, 'onetwo'],
      [0, 1, 'onetwo'],
    ]);
  });

  test('a head larger than a frame goes over several', () => {
    const pair = new SamplePair();
    const large = 'x'.repeat(20_000);
    const fields = [...GET, 'x-a', large, 'x-b', large];
    pair.client.request(fields);
    pair.settle();
    expect(pair.server.requests[0]!.fields).toEqual(fields);
  });

  test('an answer before the end of the request asks for no more of it', () => {
    const pair = new SamplePair();
    const { stream, handler } = pair.client.request(POST, false);
    pair.settle();
    const [request] = pair.server.requests;
    request!.stream.respond([':status', '413'], true);
    request!.stream.resetAfterEnd(0);
    pair.settle();
    expect(handler.heard).toEqual(['head 413 and end', 'closed reset 0']);
    expect(stream.isClosed).toBe(true);
    expect(request!.handler.heard).toEqual(['closed complete 0']);
  });

  test('names of fields that nobody is to index come with heads and trailers (RFC 7541 §6.2.3)', () => {
    const pair = new SamplePair();
    const { stream, handler } = pair.client.request(POST, false);
    const marks: unknown[] = [];
    handler.head = () => marks.push(stream.neverIndexed);
    handler.end = () => marks.push(stream.neverIndexed);
    stream.end(['x-sum', 'secret'], ['x-sum']);
    pair.settle();
    const { stream: answer } = pair.server.requests[0]!;
    expect(answer.neverIndexed).toEqual(['x-sum']);
    answer.inform([':status', '103', 'x-hint', 'secret'], ['x-hint']);
    answer.respond([':status', '200', 'x-token', 'secret'], false, ['x-token']);
    answer.end(['x-after', 'secret', 'x-open', '1'], ['x-after']);
    pair.settle();
    expect(marks).toEqual([['x-hint'], ['x-token'], ['x-after']]);
  });

  test('what is written and cut by one who hears that it may write is sent', () => {
    const pair = new SamplePair({ streamWindowBytes: 65_535 });
    const { stream, handler } = pair.client.request(POST, false);
    pair.settle();
    pair.client.transport.isBlocked = true;
    stream.write(Buffer.alloc(20_000), 0, 20_000);
    expect(stream.takesMore()).toBe(false);
    handler.writable = () => {
      stream.write(bytesOf('last'), 0, 4);
      stream.cut(8);
    };
    pair.client.transport.isBlocked = false;
    pair.client.session.drained();
    pair.server.session.receive(pair.client.transport.take());
    const { handler: received } = pair.server.requests[0]!;
    expect(received.body.slice(20_000)).toBe('last');
    expect(received.heard.at(-1)).toBe('closed reset 8');
  });

  test('what is cut is told from what is complete, and what was said before it arrives', () => {
    const pair = new SamplePair();
    const { handler } = pair.client.request();
    pair.settle();
    const [request] = pair.server.requests;
    request!.stream.respond(HEAD, false);
    request!.stream.write(bytesOf('some'), 0, 4);
    request!.stream.cut(2);
    pair.settle();
    expect(handler.heard).toEqual(['head 200', 'data 4', 'closed reset 2']);
  });
});

describe('flow control', () => {
  const LARGE = Buffer.alloc(1_000_000, 'x');

  test('a body of any size passes, and nobody has to keep more than a window of it', () => {
    const pair = new SamplePair();
    const { stream } = pair.client.request(POST, false);
    stream.write(LARGE, 0, LARGE.length);
    stream.end();
    pair.settle();
    expect(pair.server.requests[0]!.handler.body.length).toBe(LARGE.length);
  });

  test('a consumer that takes nothing gets a window full and no more; taking it lets more come', () => {
    const pair = new SamplePair();
    const { stream } = pair.client.request(POST, false);
    pair.settle();
    const { handler, stream: received } = pair.server.requests[0]!;
    handler.consumes = false;
    stream.write(LARGE, 0, LARGE.length);
    expect(stream.takesMore()).toBe(false);
    pair.settle();
    expect(handler.body.length).toBe(16_384);
    received.consume(8_000);
    pair.settle();
    expect(handler.body.length).toBe(16_384);
    received.consume(1_000);
    pair.settle();
    // What is taken fast may come faster.
    expect(handler.body.length).toBe(65_535 + 9_000);
    received.consume(30_000);
    pair.settle();
    expect(handler.body.length).toBe(65_535 + 9_000);
    received.consume(10_000);
    pair.settle();
    expect(handler.body.length).toBe(65_535 + 49_000);
  });

  /** A stream of the pair that takes so much of what comes, and then nothing more. Returns what it has to keep. */
  const takeSome = (pair: SamplePair, bytes: number) => {
    const { stream } = pair.client.request(POST, false);
    pair.settle();
    const { handler, stream: received } = pair.server.requests.at(-1)!;
    handler.consumes = false;
    stream.write(LARGE, 0, LARGE.length);
    pair.settle();
    received.consume(Math.min(bytes, handler.body.length));
    pair.settle();
    return { stream, kept: handler.body.length - Math.min(bytes, handler.body.length) };
  };

  test('many streams that stop being taken keep less than 2 MiB together', () => {
    const pair = new SamplePair();
    const all = Array.from({ length: 100 }, () => takeSome(pair, 10_000));
    const kept = all.reduce((sum, one) => sum + one.kept, 0);
    expect(kept).toBe(100 * 16_384 + 8 * (65_535 - 16_384));
    expect(kept).toBeLessThan(2 * 1024 * 1024);
  });

  test('what one had beyond its first window is there for others when it is closed', () => {
    const pair = new SamplePair();
    for (let i = 0; i < 20; i++) {
      const { stream, kept } = takeSome(pair, 10_000);
      expect(kept).toBe(65_535);
      stream.reset(8);
      pair.settle();
    }
  });

  test('a body that fits into its window needs no larger one', () => {
    const pair = new SamplePair();
    const { stream } = pair.client.request([...POST, 'content-length', '25000'], false);
    pair.settle();
    const { handler, stream: received } = pair.server.requests[0]!;
    handler.consumes = false;
    stream.write(LARGE, 0, 16_384);
    pair.settle();
    received.consume(10_000);
    const [update] = readFrames(pair.server.turn());
    expect(update).toMatchObject({ type: WINDOW_UPDATE, streamId: 1, payload: word(10_000) });
  });

  test('before SETTINGS are answered a peer may send what the connection’s window has, and no more', () => {
    const server = new SampleSession('server');
    const post = (id: number) => frame(HEADERS, END_HEADERS, id, block(POST));
    server.session.receive(OPENING);
    const chunk = frame(DATA, 0, 1, Buffer.alloc(16_384));
    const sendFull = (id: number) => {
      server.session.receive(post(id));
      chunk.writeUInt32BE(id, 5);
      for (let i = 0; i < 3; i++) server.session.receive(chunk);
    };
    for (let id = 1; id <= 41; id += 2) sendFull(id);
    expect(server.end).toBeUndefined();
    sendFull(43);
    expect(server.end).toMatchObject({ code: 3 });
  });

  test('what was taken before SETTINGS were answered is given back then', () => {
    const server = new SampleSession('server');
    server.session.receive(Buffer.concat([OPENING, frame(HEADERS, END_HEADERS, 1, block(POST))]));
    for (let i = 0; i < 2; i++) {
      server.session.receive(frame(DATA, 0, 1, Buffer.alloc(10_000)));
    }
    server.turn();
    server.session.receive(frame(SETTINGS, ACK, 0));
    // All of 65,535 in the end: 20,000 were used, and the peer has just taken 49,151 away.
    const updates = readFrames(server.turn()).filter(({ streamId }) => streamId === 1);
    expect(updates).toMatchObject([{ type: WINDOW_UPDATE, payload: word(20_000 + 49_151) }]);
  });

  test('streams that are held back do not hold up another, however many they are', () => {
    const pair = new SamplePair();
    for (let i = 0; i < 60; i++) {
      const { stream } = pair.client.request(POST, false);
      pair.settle();
      pair.server.requests[i]!.handler.consumes = false;
      stream.write(LARGE, 0, LARGE.length);
      pair.settle();
    }
    const { stream } = pair.client.request(POST, false);
    stream.write(LARGE, 0, LARGE.length);
    stream.end();
    pair.settle();
    expect(pair.server.requests.at(-1)!.handler.body.length).toBe(LARGE.length);
  });

  test('several bodies leave in turn, a frame of each', () => {
    const pair = new SamplePair({ streamWindowBytes: 1_000_000 });
    for (let i = 0; i < 3; i++) {
      const { stream } = pair.client.request(POST, false);
      stream.write(LARGE, 0, 40_000);
      stream.end();
    }
    const order = readFrames(pair.client.turn())
      .filter(({ type }) => type === 0)
      .map(({ streamId }) => streamId);
    expect(order.slice(0, 6)).toEqual([1, 3, 5, 1, 3, 5]);
  });

  test('who was told to wait hears when there is room again', () => {
    const pair = new SamplePair();
    const { stream, handler } = pair.client.request(POST, false);
    stream.write(LARGE, 0, 200_000);
    expect(stream.takesMore()).toBe(false);
    pair.settle();
    expect(handler.heard).toEqual(['writable']);
    expect(stream.takesMore()).toBe(true);
  });

  test('data waits while the network does, and heads do not', () => {
    const pair = new SamplePair();
    const { stream } = pair.client.request(POST, false);
    pair.client.transport.isBlocked = true;
    stream.write(LARGE, 0, 5_000);
    stream.end();
    expect(readFrames(pair.client.turn()).map(({ type }) => type)).toEqual([HEADERS]);
    pair.client.transport.isBlocked = false;
    pair.client.session.drained();
    expect(pair.client.transport.take().length).toBeGreaterThan(5_000);
  });

  test('windows full of single bytes behind a blocked network leave in time when it is free', () => {
    const pair = new SamplePair({ streamWindowBytes: 1_000_000 });
    const streams = [1, 2, 3, 4].map(() => pair.client.request(POST, false).stream);
    pair.client.transport.isBlocked = true;
    for (let i = 0; i < 65_535; i++) for (const stream of streams) stream.write(LARGE, i, i + 1);
    pair.server.session.receive(pair.client.turn());
    pair.client.transport.isBlocked = false;
    const begun = performance.now();
    pair.client.session.drained();
    pair.settle();
    expect(performance.now() - begun).toBeLessThan(1000);
    const bodies = pair.server.requests.map(({ handler }) => handler.body.length);
    expect(bodies).toEqual(streams.map(() => 65_535));
  });

  test('what waits behind a blocked network takes about as much memory as it has bytes', () => {
    const pair = new SamplePair();
    const { stream } = pair.client.request(POST, false);
    pair.client.transport.isBlocked = true;
    for (let i = 0; i < 200; i++) {
      stream.write(Buffer.alloc(65_536), 0, 1);
      pair.client.turn();
    }
    const kept = new Set<ArrayBufferLike>();
    while (stream.queue.length > 0) {
      stream.queue.shift(1, { piece: (chunk) => kept.add(chunk.buffer) });
    }
    expect(kept.size).toBe(1);
  });

  test('who writes heads waits for a peer that takes none', () => {
    const pair = new SamplePair({ maxWaitingBytes: 1_000 });
    pair.client.request();
    pair.settle();
    const { stream, handler } = pair.server.requests[0]!;
    pair.server.transport.isBlocked = true;
    pair.server.transport.waitingBytes = 1_000;
    expect(stream.takesMore()).toBe(true);
    stream.inform([':status', '103', 'link', '</a>']);
    expect(stream.takesMore()).toBe(false);
    pair.server.turn();
    expect(handler.heard).toEqual([]);
    pair.server.transport.isBlocked = false;
    pair.server.transport.waitingBytes = 0;
    pair.server.session.drained();
    expect(handler.heard).toEqual(['writable']);
  });

  test('interim answers wait for nobody: those that give hints are left out when they are not read', () => {
    const server = new SampleSession('server');
    server.session.receive(Buffer.concat([OPENING, frame(HEADERS, WHOLE, 1, block(GET))]));
    const { stream } = server.requests[0]!;
    server.transport.isBlocked = true;
    for (let i = 0; i < 5_000; i++) {
      stream.inform([':status', '103', 'link', `</${'x'.repeat(500)}>`]);
      server.transport.waitingBytes += server.turn().length;
    }
    expect(server.transport.waitingBytes).toBeLessThan(300_000);
    stream.inform([':status', '100']);
    expect(readFrames(server.turn()).map(({ type }) => type)).toEqual([HEADERS]);
  });

  test('a window below zero is none until it is above (6.9.2)', () => {
    const client = new SampleSession('client');
    client.session.receive(SET);
    const sentData = () =>
      readFrames(client.turn())
        .filter(({ type }) => type === DATA)
        .map(({ payload, flags }) => [payload.length, flags]);
    const { stream } = client.request(POST, false);
    stream.write(LARGE, 0, 60_000);
    client.turn();
    client.session.receive(frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 10_000)));
    stream.write(LARGE, 0, 10);
    expect(sentData()).toEqual([]);
    client.session.receive(frame(WINDOW_UPDATE, 0, 1, word(50_000)));
    expect(sentData()).toEqual([]);
    client.session.receive(frame(WINDOW_UPDATE, 0, 1, word(1)));
    expect(sentData()).toEqual([[1, 0]]);
    stream.end();
    client.session.receive(frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 10_009)));
    expect(sentData()).toEqual([[9, 1]]);
  });

  test('a smaller window than the protocol has counts when the peer has heard of it (6.5.3)', () => {
    const server = new SampleSession('server', { streamWindowBytes: 16_384 });
    server.session.receive(Buffer.concat([OPENING, frame(HEADERS, END_HEADERS, 1, block(POST))]));
    const { handler } = server.requests[0]!;
    handler.consumes = false;
    const data = frame(DATA, 0, 1, Buffer.alloc(16_000));
    for (let i = 0; i < 2; i++) server.session.receive(data);
    expect(handler.heard).toEqual(['data 16000', 'data 16000']);
    server.session.receive(frame(SETTINGS, ACK, 0));
    server.session.receive(data);
    expect(handler.heard.at(-1)).toBe('closed violation 3');
  });

  test('bytes of streams that are gone count for the connection only', () => {
    const pair = new SamplePair();
    const { stream } = pair.client.request(POST, false);
    pair.settle();
    pair.server.requests[0]!.stream.reset(8);
    stream.write(LARGE, 0, 60_000);
    pair.server.session.receive(pair.client.turn());
    const answer = pair.server.turn();
    const opened = readFrames(answer).filter(({ type }) => type === WINDOW_UPDATE);
    pair.client.session.receive(answer);
    expect(opened.every(({ streamId }) => streamId === 0)).toBe(true);
    pair.settle();
    expect(stream.isClosed).toBe(true);
  });
});

describe('the turns of a peer', () => {
  /** What the client says in one turn reaches the server in one piece. */
  const sendAtOnce = ({ client, server }: SamplePair): void => {
    server.session.receive(client.turn());
  };

  test('a hundred requests at once are begun over several turns, and nothing is read in the meantime', () => {
    const pair = new SamplePair();
    for (let i = 0; i < 100; i++) pair.client.request();
    sendAtOnce(pair);
    expect(pair.server.requests).toHaveLength(32);
    expect(pair.server.transport.isPaused).toBe(true);
    pair.server.turn();
    expect(pair.server.requests).toHaveLength(64);
    pair.settle();
    expect(pair.server.requests).toHaveLength(100);
    expect(pair.server.transport.isPaused).toBe(false);
  });

  test('streams that are wasted take two at a time', () => {
    const pair = new SamplePair();
    for (let i = 0; i < 5; i++) pair.client.request().stream.reset(CANCEL);
    sendAtOnce(pair);
    expect(pair.server.requests).toHaveLength(2);
    pair.server.turn();
    expect(pair.server.requests).toHaveLength(4);
    pair.settle();
    expect(pair.server.requests.map(({ handler }) => handler.heard)).toEqual(
      Array(5).fill(['closed reset 8']),
    );
  });

  test('what comes all the same in the meantime is read behind what waits', () => {
    const pair = new SamplePair();
    for (let i = 0; i < 40; i++) pair.client.request();
    sendAtOnce(pair);
    pair.client.request([':method', 'GET', ':path', '/last', ...GET.slice(4)]);
    sendAtOnce(pair);
    expect(pair.server.requests).toHaveLength(32);
    pair.settle();
    expect(pair.server.requests).toHaveLength(41);
    expect(pair.server.requests.at(-1)!.fields).toContain('/last');
  });

  test('one that does not read is not read either, and goes on when it does', () => {
    const pair = new SamplePair();
    const { transport } = pair.server;
    for (let i = 0; i < 40; i++) pair.client.request();
    transport.waitingBytes = DEFAULT_SESSION_LIMITS.maxWaitingBytes + 1;
    transport.isBlocked = true;
    sendAtOnce(pair);
    pair.server.turn();
    expect(pair.server.requests).toHaveLength(32);
    transport.waitingBytes = 0;
    transport.isBlocked = false;
    pair.server.session.drained();
    expect(pair.server.requests).toHaveLength(40);
    expect(transport.isPaused).toBe(false);
  });
});

describe('the end of a connection', () => {
  test('a server tells twice, and serves what was on its way', () => {
    const pair = new SamplePair();
    const before = pair.client.request();
    pair.settle();
    pair.server.session.shutdown();
    const first = pair.server.turn();
    // Begun before the client has heard of it.
    const between = pair.client.request();
    pair.server.session.receive(pair.client.turn());
    pair.client.session.receive(first);
    pair.settle();
    expect(pair.client.session.takesRequests).toBe(false);
    expect(pair.server.requests).toHaveLength(2);
    for (const { stream } of pair.server.requests) stream.respond([':status', '204'], true);
    pair.settle();
    for (const { handler } of [before, between]) {
      expect(handler.heard).toEqual(['head 204 and end', 'closed complete 0']);
    }
    expect(pair.server.transport.isEnded).toBe(true);
    expect(pair.server.end).toEqual({ code: 0, error: undefined });
  });

  test('a client ends when its last stream does', () => {
    const pair = new SamplePair();
    pair.client.request();
    pair.settle();
    pair.client.session.shutdown();
    pair.settle();
    expect(pair.client.transport.isEnded).toBe(false);
    pair.server.requests[0]!.stream.respond([':status', '204'], true);
    pair.settle();
    expect(pair.client.transport.isEnded).toBe(true);
  });

  test('streams that are open are lost with it', () => {
    const pair = new SamplePair();
    const { handler } = pair.client.request();
    pair.settle();
    pair.server.session.destroy(11);
    expect(pair.server.requests[0]!.handler.heard).toEqual(['closed lost 11']);
    pair.client.session.lost();
    expect(handler.heard).toEqual(['closed lost 0']);
    // Whoever still holds them may use them.
    pair.server.requests[0]!.stream.respond(HEAD, false);
    pair.server.requests[0]!.stream.end();
    expect(pair.client.end).toEqual({ code: 0, error: undefined });
  });
});

const mistake = new Error('mistake');
const throwing = (): never => {
  throw mistake;
};

describe('whoever hears of a stream and throws', () => {
  /** A request with a body, beside another that has to get its answer. */
  const twoStreams = () => {
    const pair = new SamplePair();
    const [failing, other] = [pair.client.request(POST, false), pair.client.request(POST, false)];
    pair.settle();
    const [received, receivedOther] = pair.server.requests;
    const assertOtherGoesOn = () => {
      receivedOther!.stream.respond([':status', '204'], true);
      other.stream.end();
      pair.settle();
      expect(other.handler.heard).toEqual(['head 204 and end', 'closed complete 0']);
      expect([pair.server.end, pair.client.end]).toEqual([undefined, undefined]);
    };
    return { pair, failing, received: received!, assertOtherGoesOn };
  };

  test.each(['data', 'end'] as const)('at its %s ends this stream, and no other', (event) => {
    const { pair, failing, received, assertOtherGoesOn } = twoStreams();
    received.handler[event] = throwing;
    failing.stream.write(bytesOf('some'), 0, 4);
    failing.stream.end();
    pair.settle();
    expect(failing.handler.heard).toEqual(['closed reset 2']);
    expect(received.handler.heard.at(-1)).toBe('failed');
    expect(pair.server.defects).toEqual([mistake]);
    assertOtherGoesOn();
  });

  test('may still answer', () => {
    const { pair, failing, received, assertOtherGoesOn } = twoStreams();
    received.handler.data = throwing;
    received.handler.failed = () => {
      received.stream.respond([':status', '500'], true);
      received.stream.resetAfterEnd(0);
    };
    failing.stream.write(bytesOf('some'), 0, 4);
    pair.settle();
    expect(failing.handler.heard).toEqual(['head 500 and end', 'closed reset 0']);
    assertOtherGoesOn();
  });

  test('when it is told of that, too, ends this stream, and no other', () => {
    const { pair, failing, received, assertOtherGoesOn } = twoStreams();
    received.handler.data = throwing;
    received.handler.failed = throwing;
    failing.stream.write(bytesOf('some'), 0, 4);
    pair.settle();
    expect(failing.handler.heard).toEqual(['closed reset 2']);
    expect(pair.server.defects).toEqual([mistake, mistake]);
    assertOtherGoesOn();
  });

  test('when it may write ends this stream, and no other', () => {
    const { pair, failing, assertOtherGoesOn } = twoStreams();
    failing.handler.writable = throwing;
    failing.stream.write(Buffer.alloc(200_000), 0, 200_000);
    expect(failing.stream.takesMore()).toBe(false);
    pair.settle();
    expect(pair.client.defects).toEqual([mistake]);
    expect(failing.stream.isClosed).toBe(true);
    assertOtherGoesOn();
  });

  test('at the head of an answer ends this stream, and no other', () => {
    const { pair, failing, received, assertOtherGoesOn } = twoStreams();
    failing.handler.head = throwing;
    received.stream.respond(HEAD, false);
    pair.settle();
    expect(received.handler.heard).toEqual(['closed reset 2']);
    assertOtherGoesOn();
  });

  test('at its end ends nothing else', () => {
    const { pair, failing, received, assertOtherGoesOn } = twoStreams();
    received.handler.closed = throwing;
    failing.stream.reset(8);
    pair.settle();
    expect(pair.server.defects).toEqual([mistake]);
    assertOtherGoesOn();
  });

  test('before it handles it resets it', () => {
    const { pair, assertOtherGoesOn } = twoStreams();
    const { requests } = pair.server;
    requests.push = throwing;
    const { handler } = pair.client.request();
    pair.settle();
    expect(handler.heard).toEqual(['closed reset 2']);
    expect(pair.server.defects).toEqual([mistake]);
    assertOtherGoesOn();
  });
});

describe('the size of header lists', () => {
  test('is what the peer has said that it takes: 32 bytes a field beside its texts (6.5.2)', () => {
    const server = new SampleSession('server');
    server.session.receive(Buffer.concat([OPENING, frame(HEADERS, WHOLE, 1, block(GET))]));
    const { stream } = server.requests[0]!;
    expect(stream.takesFields(['x-a', 'x'.repeat(1_000_000)])).toBe(true);
    server.session.receive(frame(SETTINGS, 0, 0, setting(MAX_HEADER_LIST_SIZE, 100)));
    expect(stream.takesFields(['x-a', 'x'.repeat(65)])).toBe(true);
    expect(stream.takesFields(['x-a', 'x'.repeat(66)])).toBe(false);
    expect(stream.takesFields(['x-a', 'x'.repeat(15), 'x-b', 'x'.repeat(15)])).toBe(true);
    expect(stream.takesFields(['x-a', 'x'.repeat(15), 'x-b', 'x'.repeat(16)])).toBe(false);
  });
});

describe('whoever hears of the end', () => {
  test('and throws keeps neither the others from hearing of it nor the caller from going on', () => {
    const pair = new SamplePair();
    const [first, second] = [pair.client.request(POST, false), pair.client.request(POST, false)];
    pair.settle();
    first.handler.closed = throwing;
    pair.client.session.receive(frame(PING, 0, 1, Buffer.alloc(8)));
    expect(second.handler.heard).toEqual(['closed lost 1']);
    expect(pair.client.defects).toEqual([mistake]);
  });

  test('may reset another, which hears nothing more', () => {
    const pair = new SamplePair();
    const [first, second] = [pair.client.request(POST, false), pair.client.request(POST, false)];
    first.handler.closed = () => second.stream.reset(8);
    pair.client.session.destroy();
    expect(second.handler.heard).toEqual([]);
  });

  test('of a session that was over before the request is told at the end of the turn', () => {
    const pair = new SamplePair();
    pair.client.session.destroy();
    pair.client.turn();
    const [first, second] = [pair.client.request(), pair.client.request()];
    expect(first.handler.heard).toEqual([]);
    second.stream.reset(8);
    expect(pair.client.turn()).toHaveLength(0);
    expect(first.handler.heard).toEqual(['closed lost 0']);
    expect(second.handler.heard).toEqual([]);
  });

  test('is not forgotten for all the PINGs that wait for their answers', () => {
    const pair = new SamplePair();
    for (let i = 0; i < 10; i++) pair.server.session.ping(() => {});
    pair.server.session.shutdown();
    pair.settle();
    expect(pair.server.transport.isEnded).toBe(true);
  });
});

describe('a peer that does not answer', () => {
  test('SETTINGS in time is let go', () => {
    const server = new SampleSession('server');
    server.session.receive(OPENING);
    server.session.check(9_999);
    expect(server.end).toBeUndefined();
    server.session.check(10_000);
    expect(server.end).toMatchObject({ code: 4 });
    const pair = new SamplePair();
    pair.server.session.check(9_999_999);
    expect(pair.server.end).toBeUndefined();
  });

  test('PING in time is let go, and one that does is heard', () => {
    const pair = new SamplePair();
    let answers = 0;
    pair.client.session.ping(() => answers++);
    pair.client.session.ping(() => answers++);
    pair.settle();
    expect(answers).toBe(2);
    pair.client.session.ping(() => answers++);
    pair.client.session.check(9_999);
    expect(pair.client.end).toBeUndefined();
    pair.client.session.check(10_000);
    expect(pair.client.end).toMatchObject({ error: { message: 'PING is not answered' } });
    expect(answers).toBe(2);
  });
});
