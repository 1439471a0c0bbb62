import { describe, expect, test } from 'vitest';
import { FrameWriter } from './frame-writer.ts';
import { HpackDecoder } from './hpack/hpack-decoder.ts';
import { HpackEncoder } from './hpack/hpack-encoder.ts';
import { readFrames } from './sample-frames.ts';
import { SampleTransport } from './sample-session.ts';
import { SendQueue } from './send-queue.ts';

const TABLE = { maxTableSize: 4096 };

const queueOf = (...sizes: readonly number[]): SendQueue => {
  const queue = new SendQueue();
  for (const [i, size] of sizes.entries()) queue.push(Buffer.alloc(size, `${i}`), 0, size);
  return queue;
};

describe('FrameWriter', () => {
  test.each([0, 1, 16_000, 16_384, 40_000, 70_000])(
    'cuts a header block of about %i bytes into frames',
    (size) => {
      const writer = new FrameWriter();
      const transport = new SampleTransport();
      const fields = ['x-a', 'a'.repeat(size), 'x-b', 'b'];
      writer.headers(7, fields, undefined, true, new HpackEncoder(TABLE));
      writer.flush(transport);
      const frames = readFrames(transport.take());
      expect(frames.map(({ payload }) => payload.length).every((length) => length <= 16_384)).toBe(
        true,
      );
      const flags = frames.map((one) => one.flags);
      expect(flags[0]! & 1).toBe(1);
      expect(flags.map((one) => one & 4)).toEqual(
        flags.map((_, i) => (i + 1 === flags.length ? 4 : 0)),
      );
      expect(frames.map(({ type }) => type)).toEqual(flags.map((_, i) => (i === 0 ? 1 : 9)));
      const block = Buffer.concat(frames.map(({ payload }) => payload));
      const into: string[] = [];
      new HpackDecoder(TABLE).decode(block, 0, block.length, into, 1e6, 10);
      expect(into).toEqual(fields);
    },
  );

  test('keeps the order of what is copied and what is not', () => {
    const writer = new FrameWriter();
    const transport = new SampleTransport();
    const queue = queueOf(10, 9_000, 10, 5_000);
    writer.windowUpdate(0, 5);
    writer.data(3, queue, 9_015, false);
    writer.reset(1, 8);
    writer.data(3, queue, 5_005, true);
    expect(writer.pendingBytes).toBe(13 + 9 + 9_015 + 13 + 9 + 5_005);
    writer.flush(transport);
    expect(writer.pendingBytes).toBe(0);
    expect(transport.writes).toBe(1);
    const frames = readFrames(transport.take());
    expect(frames.map(({ type, flags }) => [type, flags])).toEqual([
      [8, 0],
      [0, 0],
      [3, 0],
      [0, 1],
    ]);
    const data = [frames[1]!, frames[3]!].map(({ payload }) => payload.toString()).join('');
    expect(data).toBe('0'.repeat(10) + '1'.repeat(9_000) + '2'.repeat(10) + '3'.repeat(5_000));
  });

  test('does not touch again what may still be read', () => {
    const writer = new FrameWriter();
    const written: Buffer[] = [];
    const transport = new SampleTransport();
    transport.write = (pieces) => {
      written.push(...pieces);
      return false;
    };
    for (let i = 0; i < 5_000; i++) {
      writer.windowUpdate(i, i + 1);
      writer.flush(transport);
    }
    const frames = readFrames(Buffer.concat(written));
    expect(frames.map(({ streamId }) => streamId)).toEqual(frames.map((_, i) => i));
  });
});
