import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WeightedChoice } from './weights.ts';

const parts = (weights: readonly number[]) =>
  weights.map((weight, i) => ({ targetGroupId: `tg-${i}`, weight }));

const take = (choice: WeightedChoice, count: number) =>
  Array.from({ length: count }, () => choice.next());

describe('the choice by weight', () => {
  test('turns are spread, not in blocks', () => {
    expect(take(new WeightedChoice(parts([3, 1])), 8)).toEqual([
      'tg-0',
      'tg-0',
      'tg-1',
      'tg-0',
      'tg-0',
      'tg-0',
      'tg-1',
      'tg-0',
    ]);
  });

  test.each([
    { name: 'without target groups', weights: [] },
    { name: 'when all weights are 0', weights: [0, 0] },
  ])('$name there is no choice', ({ weights }) => {
    expect(new WeightedChoice(parts(weights)).next()).toBeUndefined();
  });

  const someWeights = fc
    .array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 10 })
    .filter((weights) => weights.some((weight) => weight > 0));

  test('each group gets exactly its weight in every run of as many choices as the weights sum up to', () => {
    fc.assert(
      fc.property(someWeights, (weights) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        const choice = new WeightedChoice(parts(weights));
        const counts = Map.groupBy(take(choice, sum), (id) => id);
        for (const [i, weight] of weights.entries()) {
          expect(counts.get(`tg-${i}`)?.length ?? 0).toBe(weight);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('after any number of choices each group is within one turn of its share', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(999), fc.nat(999)), fc.nat(3_000), ([a, b], count) => {
        fc.pre(a + b > 0);
        const first = take(new WeightedChoice(parts([a, b])), count).filter((id) => id === 'tg-0');
        expect(Math.abs(first.length - (count * a) / (a + b))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a change of weights before every choice still gives each group its share', () => {
    let choice = new WeightedChoice(parts([90, 10]));
    const chosen: (string | undefined)[] = [];
    for (let i = 0; i < 1_000; i += 1) {
      choice = new WeightedChoice(parts(i % 2 === 0 ? [91, 9] : [89, 11]), choice);
      chosen.push(choice.next());
    }
    const second = chosen.filter((id) => id === 'tg-1').length;
    expect(second).toBeGreaterThanOrEqual(97);
    expect(second).toBeLessThanOrEqual(103);
  });

  test('a group that comes new owes and is owed nothing', () => {
    const before = new WeightedChoice(parts([1, 1]));
    before.next();
    const after = new WeightedChoice([{ targetGroupId: 'tg-9', weight: 5 }], before);
    expect(after.creditOf('tg-9')).toBe(0);
    expect(after.creditOf('tg-0')).toBe(0);
  });
});
