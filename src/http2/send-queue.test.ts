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
      fc.record({
        push: fc.integer({ min: 0, max: 6_000 }),
        step: fc.integer({ min: 1, max: 50 }),
      }),
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
            const size = 'step' in one ? one.step : one.push;
            for (let at = 0; at < text.length; at += size) {
              const part = text.slice(at, at + size);
              queue.push(Buffer.from(`[${part}]`), 1, 1 + part.length);
            }
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

  test('gives back two hundred thousand single bytes in time', () => {
    const queue = new SendQueue();
    const chunk = Buffer.alloc(1, 'x');
    const count = 200_000;
    for (let i = 0; i < count; i++) queue.push(chunk, 0, 1);
    const begun = performance.now();
    expect(drain(queue).length).toBe(count);
    // With a list that moves up for each of them it takes seconds.
    expect(performance.now() - begun).toBeLessThan(1000);
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
