import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RefusalRing } from './refusal-ring.ts';

test('finds what has an id among the last so many values, like a list that is searched from its end', () => {
  const ids = ['a', 'b', 'c', '__proto__'];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.constantFrom(...ids), { maxLength: 20 }),
      fc.uniqueArray(fc.constantFrom(...ids)),
      (capacity, added, sought) => {
        const ring = new RefusalRing<number>(capacity);
        for (const [value, id] of added.entries()) {
          ring.add(id, value);
          const kept = [...added.slice(0, value + 1).entries()].slice(-capacity);
          expect(ring.size).toBe(kept.length);
          const found = kept.filter(([, one]) => sought.includes(one)).map(([at]) => at);
          expect(ring.find(new Set(sought))).toEqual(found.reverse());
        }
      },
    ),
  );
});
