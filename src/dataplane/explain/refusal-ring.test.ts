import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RefusalRing } from './refusal-ring.ts';

test('finds the newest of the last so many values, like a list that is searched from its end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { maxLength: 20 }),
      (capacity, ids) => {
        const ring = new RefusalRing<number>(capacity);
        for (const [value, id] of ids.entries()) {
          ring.add(id, value);
          const kept = [...ids.slice(0, value + 1).entries()].slice(-capacity);
          expect(ring.size).toBe(kept.length);
          for (const sought of ['a', 'b', 'c', '__proto__']) {
            expect(ring.find(sought)).toBe(kept.findLast(([, one]) => one === sought)?.[0]);
          }
        }
      },
    ),
  );
});
