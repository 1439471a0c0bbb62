import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Generations } from './generations.ts';

test('keeps what is asked for and forgets what is not', () => {
  const kept = new Generations<number>(4);
  kept.set('a', 1);
  for (let i = 0; i < 20; i++) {
    kept.set(`other ${i}`, i);
    expect(kept.get('a')).toBe(1);
  }
  expect(kept.get('other 0')).toBeUndefined();
});

test('never has more than it may, and never an old value', () => {
  const step = fc.tuple(fc.constantFrom('get', 'set'), fc.integer({ min: 0, max: 9 }), fc.nat());
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const kept = new Generations<number>(6);
      const last = new Map<string, number>();
      for (const [what, number, value] of steps) {
        const key = String(number);
        if (what === 'set') {
          kept.set(key, value);
          last.set(key, value);
          expect(kept.get(key)).toBe(value);
        } else {
          expect([undefined, last.get(key)]).toContain(kept.get(key));
        }
        expect(kept.size).toBeLessThanOrEqual(6);
      }
    }),
  );
});
