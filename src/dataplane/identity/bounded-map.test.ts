import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

/** The same numbers each time (Lehmer's generator), so that a test does not fail by chance. */
const seededRandom = () => {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const step = fc.record({ what: fc.constantFrom('get', 'put'), key: fc.nat(9), random });

test('never has more than it may, and always what was put last', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let next = 0;
      const map = new BoundedMap<{ key: string; value: number }>(4, () => next);
      const last = new Map<string, number>();
      for (const [value, { what, key: number, random: drawn }] of steps.entries()) {
        const key = String(number);
        next = drawn;
        if (what === 'put') {
          map.put({ key, value });
          last.set(key, value);
          expect(map.get(key)).toEqual({ key, value });
        } else {
          expect([undefined, last.get(key)]).toContain(map.get(key)?.value);
        }
        expect(map.size).toBe(Math.min(last.size, 4));
        const kept = [...last.keys()].filter((one) => map.get(one) !== undefined);
        expect(kept).toHaveLength(map.size);
      }
    }),
  );
});

test.each([
  { callers: 1000, atMost: 0 },
  { callers: 1100, atMost: 0.2 },
  { callers: 1500, atMost: 0.62 },
  { callers: 2000, atMost: 0.83 },
])('$callers in turn for 1000 places miss gracefully', ({ callers, atMost }) => {
  const map = new BoundedMap<{ key: string }>(1000, seededRandom());
  let missed = 0;
  const takeTurns = () => {
    missed = 0;
    for (let i = 0; i < callers; i += 1) {
      if (map.get(String(i)) !== undefined) continue;
      missed += 1;
      map.put({ key: String(i) });
    }
  };
  for (let round = 0; round < 20; round += 1) takeTurns();
  expect(missed / callers).toBeLessThanOrEqual(atMost);
});
