import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { block, frame, OPENING, readFrames, setting, word } from './sample-frames.ts';
import { GET, POST, SamplePair, SampleSession } from './sample-session.ts';

/** Ids that are mostly in use. */
const streamId = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }));
const flags = fc.oneof(fc.constantFrom(0, 1, 4, 5, 8, 32), fc.nat(255));
const bytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const fields = fc.constantFrom(
  GET,
  POST,
  [...POST, 'content-length', '3'],
  ['x-sum', '1'],
  [':status', '200'],
  [':status', '103'],
  ['Bad', '1'],
);
const anyWord = fc.oneof(fc.nat(10), fc.nat(2 ** 31 - 1), fc.nat(2 ** 32 - 1)).map(word);

/** Frames that mean something, mostly, and others. */
const anyFrame: fc.Arbitrary<Buffer> = fc.oneof(
  fc.tuple(flags, streamId, bytes(40)).map(([flag, id, data]) => frame(0, flag, id, data)),
  fc.tuple(flags, streamId, fields).map(([flag, id, list]) => frame(1, flag, id, block(list))),
  fc.tuple(streamId, anyWord).map(([id, code]) => frame(3, 0, id, code)),
  fc.tuple(fc.nat(7), fc.nat(70_000)).map(([id, value]) => frame(4, 0, 0, setting(id, value))),
  fc.tuple(flags, bytes(9)).map(([flag, data]) => frame(6, flag, 0, data)),
  fc.tuple(anyWord, anyWord).map((words) => frame(7, 0, 0, Buffer.concat(words))),
  fc.tuple(streamId, anyWord).map(([id, more]) => frame(8, 0, id, more)),
  fc.tuple(flags, streamId, bytes(40)).map(([flag, id, data]) => frame(9, flag, id, data)),
  fc
    .tuple(fc.nat(255), flags, streamId, bytes(60))
    .map(([type, flag, id, data]) => frame(type, flag, id, data)),
  bytes(30),
);

/** What whoever uses the session does between the frames. */
type Act = (session: SampleSession) => void;
const acts: readonly Act[] = [
  () => {},
  ({ requests }) => requests.at(-1)?.stream.respond([':status', '200'], false),
  ({ requests }) => requests.at(-1)?.stream.respond([':status', '204'], true),
  ({ requests }) => requests.at(-1)?.stream.write(Buffer.alloc(100_000), 0, 100_000),
  ({ requests }) => requests.at(-1)?.stream.end(),
  ({ requests }) => requests.at(0)?.stream.end(['x-after', '1']),
  ({ requests }) => requests.at(-1)?.stream.reset(8),
  ({ requests }) => requests.at(0)?.stream.cut(2),
  ({ requests }) => requests.at(-1)?.stream.resetAfterEnd(0),
  ({ requests }) => requests.at(-1)?.stream.takesMore(),
  ({ session }) => session.shutdown(),
  ({ session }) => session.check(5_000),
  ({ session }) => session.drained(),
];
const act = fc.constantFrom(...acts);

const clientActs: readonly Act[] = [
  ...acts.slice(-3),
  (client) => {
    if (client.session.takesRequests) client.request();
  },
  (client) => {
    if (!client.session.takesRequests) return;
    const { stream } = client.request(POST, false);
    stream.write(Buffer.alloc(100_000), 0, 100_000);
    stream.end();
  },
];

/** What has to be true whatever came. */
const assertSound = (sample: SampleSession, handlers: readonly { heard: string[] }[]): void => {
  const written = sample.turn();
  // Whole frames only, none of them too large.
  for (const { payload } of readFrames(written)) expect(payload.length).toBeLessThanOrEqual(16_384);
  if (sample.end !== undefined) {
    // Nothing but what the peer did, never a mistake of ours.
    expect(sample.end.code).not.toBe(2);
    expect(sample.transport.isEnded).toBe(true);
    expect(sample.session.streamCount).toBe(0);
  }
  for (const { heard } of handlers) {
    const ends = heard.filter((text) => text.startsWith('closed'));
    expect(ends.length).toBeLessThanOrEqual(1);
    // The end is the last that is heard.
    if (ends.length === 1) expect(heard.at(-1)).toBe(ends[0]);
  }
};

describe('whatever a peer sends', () => {
  test('a server stays sound', () => {
    const step = fc.tuple(anyFrame, act);
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        (steps, cut) => {
          const server = new SampleSession('server');
          server.session.receive(OPENING);
          for (const [received, doSomething] of steps) {
            for (let at = 0; at < received.length; at += cut) {
              server.session.receive(received.subarray(at, at + cut));
            }
            doSomething(server);
          }
          assertSound(
            server,
            server.requests.map(({ handler }) => handler),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a client stays sound', () => {
    const step = fc.tuple(anyFrame, fc.constantFrom(...clientActs));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const client = new SampleSession('client');
        const { handler } = client.request();
        client.turn();
        client.session.receive(frame(4, 0, 0));
        for (const [received, doSomething] of steps) {
          client.session.receive(received);
          doSomething(client);
        }
        assertSound(client, [handler]);
      }),
      { numRuns: 300 },
    );
  });

  test('nor does a conversation with some bytes changed harm it', () => {
    const recorded = Buffer.concat([
      OPENING,
      frame(1, 5, 1, block(GET)),
      frame(1, 4, 3, block([...POST, 'content-length', '5'])),
      frame(0, 1, 3, Buffer.from('hello')),
      frame(6, 0, 0, Buffer.alloc(8)),
      frame(1, 0, 5, block(POST).subarray(0, 4)),
      frame(9, 4, 5, block(POST).subarray(4)),
      frame(0, 8, 5, Buffer.from('\x02some\0\0', 'latin1')),
      frame(1, 5, 5, block(['x-sum', '4'])),
      frame(8, 0, 0, word(1000)),
    ]);
    const change = fc.record({ at: fc.nat(recorded.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const changed = Buffer.from(recorded);
        for (const { at, to } of changes) changed[at] = to;
        const server = new SampleSession('server');
        server.session.receive(changed);
        for (const { stream } of server.requests) stream.respond([':status', '204'], true);
        assertSound(
          server,
          server.requests.map(({ handler }) => handler),
        );
      }),
      { numRuns: 500 },
    );
  });
});

test('two of them understand each other, whatever is asked and answered', () => {
  const exchange = fc.record({
    request: fc.nat(70_000),
    response: fc.nat(150_000),
    trailers: fc.boolean(),
    interim: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(exchange, { minLength: 1, maxLength: 8 }), (exchanges) => {
      const pair = new SamplePair();
      const asked = exchanges.map(({ request }) => {
        const { stream, handler } = pair.client.request(POST, false);
        stream.write(Buffer.alloc(request, 'q'), 0, request);
        stream.end();
        return handler;
      });
      pair.settle();
      for (const [i, { stream }] of pair.server.requests.entries()) {
        const { response, trailers, interim } = exchanges[i]!;
        if (interim) stream.inform([':status', '103']);
        stream.respond([':status', '200'], false);
        stream.write(Buffer.alloc(response, 'a'), 0, response);
        stream.end(trailers ? ['x-sum', `${response}`] : undefined);
      }
      pair.settle();
      for (const [i, { request, response, trailers, interim }] of exchanges.entries()) {
        expect(pair.server.requests[i]!.handler.body.length).toBe(request);
        expect(asked[i]!.body.length).toBe(response);
        expect(asked[i]!.heads).toHaveLength(interim ? 2 : 1);
        expect(asked[i]!.trailers).toEqual(trailers ? ['x-sum', `${response}`] : undefined);
        expect(asked[i]!.heard.at(-1)).toBe('closed complete 0');
      }
    }),
    { numRuns: 30 },
  );
});
