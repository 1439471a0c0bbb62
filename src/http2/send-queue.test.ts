import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SendQueue } from './send-queue.ts';

const drain = (queue: SendQueue, size = 1000): string => {
  let text = '';
  const taker = {
    piece: (chunk: Buffer, start: number, end: number) => {
      text += chunk.toString('latin1', start, end);
    },
  };
  while (queue.length > 0) queue.shift(size, taker);
  return text;
};

describe('SendQueue', () => {
  test('gives back the bytes in order, whatever is held and taken in between', () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 0, max: 6_000 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 9_000 }) }),
      fc.constant({ hold: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const queue = new SendQueue();
        let pushed = '';
        let taken = '';
        const taker = {
          piece: (chunk: Buffer, start: number, end: number) => {
            taken += chunk.toString('latin1', start, end);
          },
        };
        for (const [i, one] of steps.entries()) {
          if ('push' in one) {
            const text = String.fromCharCode(97 + (i % 26)).repeat(one.push);
            pushed += text;
            queue.push(Buffer.from(`[${text}]`), 1, 1 + text.length);
          } else if ('hold' in one) {
            queue.hold();
          } else if (queue.length > 0) {
            const before = queue.length;
            expect(queue.shift(one.take, taker)).toBe(before - queue.length);
          }
          expect(queue.length).toBe(pushed.length - taken.length);
        }
        expect(taken + drain(queue)).toBe(pushed);
      }),
    );
  });

  test('keeps no read of a socket alive for a few bytes of it', () => {
    const queue = new SendQueue();
    const kept = new Set<ArrayBufferLike>();
    for (let i = 0; i < 10_000; i++) {
      queue.push(Buffer.alloc(65_536), 0, 1);
      queue.hold();
    }
    while (queue.length > 0) {
      queue.shift(1, { piece: (chunk) => kept.add(chunk.buffer) });
    }
    expect(kept.size).toBe(1);
  });
});
