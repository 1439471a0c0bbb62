import { afterEach, describe, expect, test } from 'vitest';
import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import { DataPlane, shop } from './data-plane.ts';
import { FRAME, FrameClient, frame, Http2Client, http2Target, literals } from './http2-peers.ts';

const END_HEADERS = 4;
const END_STREAM = 1;
const ENHANCE_YOUR_CALM = 11;

type Field = readonly [name: string, value: string];

const GET: readonly Field[] = [
  [':method', 'GET'],
  [':path', '/'],
  [':scheme', 'http'],
  [':authority', 'shop.example'],
];
const HEAD = literals(GET);

const open = (id: number, flags = END_HEADERS | END_STREAM): Buffer =>
  frame(FRAME.headers, flags, id, HEAD);
const reset = (id: number): Buffer => frame(FRAME.reset, 0, id, Buffer.of(0, 0, 0, 8));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A target that never answers `/`, a client that behaves, and one that will not. */
const started = async (limits: Partial<DataPlaneLimits> = {}) => {
  const target = await http2Target((stream, headers) => {
    if (headers[':path'] !== '/') stream.respond({ ':status': 200 }, { endStream: true });
  });
  closers.push(() => target.close());
  const parts = shop({ targets: [target.port], group: { protocolVersion: 'HTTP2' } });
  const plane = await DataPlane.start({ parts, limits });
  closers.push(() => plane.stop());
  const neighbour = new Http2Client(plane.port);
  closers.push(() => neighbour.destroy());
  const attacker = await FrameClient.connect(plane.port);
  closers.push(() => attacker.socket.destroy());
  return { plane, neighbour, attacker, target };
};

const isServed = async (neighbour: Http2Client): Promise<void> => {
  expect((await neighbour.ask({ ':path': '/fine' })).status).toBe(200);
};

const goawayCode = (client: FrameClient): number | undefined =>
  client.frames.findLast(({ type }) => type === FRAME.goaway)?.payload.readUInt32BE(4);

describe('a client that would do harm is cut off, and others do not notice', () => {
  test('by opening streams only to reset them', async () => {
    const { neighbour, attacker, target } = await started();
    for (let id = 1; id < 2_000; id += 2) attacker.send(open(id), reset(id));
    await attacker.closed;
    expect(goawayCode(attacker)).toBe(ENHANCE_YOUR_CALM);
    expect(target.requests.length).toBeLessThan(300);
    await isServed(neighbour);
  });

  test('by the same with bodies, all in one write', async () => {
    const { neighbour, attacker } = await started();
    const frames: Buffer[] = [];
    for (let id = 1; id < 2_000; id += 2) {
      frames.push(open(id, END_HEADERS), frame(FRAME.data, 0, id, Buffer.from('x')), reset(id));
    }
    attacker.send(Buffer.concat(frames));
    await attacker.closed;
    expect(goawayCode(attacker)).toBe(ENHANCE_YOUR_CALM);
    await isServed(neighbour);
  });

  test('but not one that resets as many as it lets finish', async () => {
    const { neighbour } = await started({ maxStreamResets: 20 });
    for (let i = 0; i < 100; i++) {
      const stream = neighbour.begin();
      await isServed(neighbour);
      stream.close(8);
    }
    await isServed(neighbour);
    expect(neighbour.goawayCode).toBeUndefined();
  });

  test('by headers that never end (CONTINUATION)', async () => {
    const { neighbour, attacker } = await started();
    attacker.send(frame(FRAME.headers, 0, 1, HEAD));
    const more = frame(FRAME.continuation, 0, 1, literals([['x-more', 'x'.repeat(1_000)]]));
    for (let i = 0; i < 200; i++) attacker.send(more);
    await attacker.closed;
    expect(goawayCode(attacker)).toBeGreaterThan(0);
    await isServed(neighbour);
  });

  test('by SETTINGS whose answers it does not read', async () => {
    const { neighbour, attacker } = await started();
    attacker.socket.pause();
    const settings = Buffer.concat(
      Array.from({ length: 5_000 }, () =>
        frame(FRAME.settings, 0, 0, Buffer.of(0, 3, 0, 0, 0, 100)),
      ),
    );
    for (let i = 0; i < 200 && !attacker.socket.destroyed; i++) {
      attacker.send(settings);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await isServed(neighbour);
    attacker.socket.resume();
    await attacker.closed;
  });

  test('by PINGs whose answers it does not read', async () => {
    const { neighbour, attacker } = await started();
    attacker.socket.pause();
    const pings = Buffer.concat(
      Array.from({ length: 5_000 }, () => frame(FRAME.ping, 0, 0, Buffer.alloc(8))),
    );
    for (let i = 0; i < 300 && !attacker.socket.destroyed; i++) {
      attacker.send(pings);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await isServed(neighbour);
    attacker.socket.resume();
    await attacker.closed;
  });

  test('by a frame larger than allowed', async () => {
    const { neighbour, attacker } = await started();
    attacker.send(frame(FRAME.data, 0, 1, Buffer.alloc(16_385)));
    await attacker.closed;
    expect(goawayCode(attacker)).toBe(6);
    await isServed(neighbour);
  });

  test('by DATA frames without data', async () => {
    const { neighbour, attacker } = await started();
    attacker.send(open(1, END_HEADERS));
    const empty = Buffer.concat(
      Array.from({ length: 1_000 }, () => frame(FRAME.data, 0, 1, Buffer.of())),
    );
    for (let i = 0; i < 20; i++) attacker.send(empty);
    await attacker.closed;
    await isServed(neighbour);
  });

  test('by a body beyond its window', async () => {
    const { neighbour, attacker } = await started();
    attacker.send(open(1, END_HEADERS));
    const piece = frame(FRAME.data, 0, 1, Buffer.alloc(16_384));
    for (let i = 0; i < 100; i++) attacker.send(piece);
    await attacker.until(({ type }) => type === FRAME.reset || type === FRAME.goaway);
    attacker.socket.destroy();
    await isServed(neighbour);
  });

  test.each([
    { name: 'before it can know how many: those are refused', knows: false },
    { name: 'when it knows how many', knows: true },
  ])('by more streams than it may have, $name', async ({ knows }) => {
    const { neighbour, attacker, target } = await started({ maxConcurrentStreams: 10 });
    await attacker.until(({ type, flags }) => type === FRAME.settings && flags === 0);
    if (knows) attacker.send(frame(FRAME.settings, 1, 0, Buffer.of()));
    for (let id = 1; id < 40; id += 2) attacker.send(open(id));
    if (knows) {
      await attacker.closed;
      expect(goawayCode(attacker)).toBe(1);
    } else {
      await attacker.until(({ type, streamId }) => type === FRAME.reset && streamId === 39);
      const refused = attacker.frames.filter(({ type }) => type === FRAME.reset);
      expect(refused).toHaveLength(10);
      for (const { payload } of refused) expect(payload.readUInt32BE(0)).toBe(7);
    }
    await isServed(neighbour);
    expect(target.requests.length).toBeLessThanOrEqual(11);
  });

  test.each([
    { name: '100 fields', fields: Array(100).fill(['a', 'b']), code: 200 },
    { name: '101 fields', fields: Array(101).fill(['a', 'b']), code: 400 },
    { name: '60,000 bytes', fields: [['a', 'b'.repeat(60_000)]], code: 200 },
    { name: '61,500 bytes', fields: [['a', 'b'.repeat(61_500)]], code: 400 },
  ])('heads: $name get $code', async ({ fields, code }) => {
    const { plane } = await started();
    const client = new Http2Client(plane.port);
    const headers: Record<string, string[]> = {};
    for (const [name, value] of fields as Field[]) {
      headers[name] = [...(headers[name] ?? []), value];
    }
    expect((await client.ask({ ':path': '/fine', ...headers })).status).toBe(code);
    client.destroy();
  });

  test('by a small head that becomes a large one (HPACK)', async () => {
    const { neighbour, attacker } = await started();
    // A field of 4,000 bytes that is put into the table, and then named 4,000 times with a byte each.
    const text = Buffer.from('x'.repeat(4_000));
    const name = Buffer.from('a');
    const field = Buffer.concat([Buffer.of(0x40, 1), name, Buffer.of(127, 0xa1, 0x1e), text]);
    const bomb = Buffer.concat([HEAD, field, Buffer.alloc(4_000, 0x80 | 62)]);
    attacker.send(frame(FRAME.headers, END_HEADERS | END_STREAM, 1, bomb));
    const end = await attacker.until(
      ({ type, streamId }) => (type === FRAME.reset && streamId === 1) || type === FRAME.goaway,
    );
    expect(end).toBeDefined();
    await isServed(neighbour);
  });

  test('by taking nothing of what it asked for', async () => {
    const target = await http2Target((stream) => {
      stream.respond({ ':status': 200 });
      stream.end(Buffer.alloc(1_000_000));
    });
    closers.push(() => target.close());
    const parts = shop({
      targets: [target.port],
      group: { protocolVersion: 'HTTP2' },
      service: { idleTimeoutMs: 400 },
    });
    const plane = await DataPlane.start({ parts });
    closers.push(() => plane.stop());
    const attacker = await FrameClient.connect(plane.port);
    closers.push(() => attacker.socket.destroy());
    // Windows that are never opened again.
    for (let id = 1; id < 20; id += 2) attacker.send(open(id));
    // Nor does it help to say that one is there.
    const ping = setInterval(() => attacker.send(frame(FRAME.ping, 0, 0, Buffer.alloc(8))), 50);
    await attacker.until(({ type, streamId }) => type === FRAME.reset && streamId === 19);
    clearInterval(ping);
    const records = await plane.stop();
    expect(records).toHaveLength(10);
    for (const record of records) expect(record.failureReason).toBe('ClientConnectionClosed');
  });
});
