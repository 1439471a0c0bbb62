import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BodyBudget, BodyBudgetError } from './body-budget.ts';

describe('the budget of bodies that are arriving', () => {
  test('does not count the first bytes of each', () => {
    const budget = new BodyBudget({ bytes: 0, freeBytes: 10_000 });
    for (let i = 0; i < 1000; i += 1) budget.open().take(9000);
    expect(() => budget.open().take(10_000)).toThrow(BodyBudgetError);
  });

  test('counts each piece, however small', () => {
    const share = new BodyBudget({ bytes: 100_000, freeBytes: 0 }).open();
    let pieces = 0;
    expect(() => {
      for (;;) {
        share.take(1);
        pieces += 1;
      }
    }).toThrow(BodyBudgetError);
    expect(pieces).toBeLessThan(1000);
  });

  test('has room again when one is given back, whose end may be told twice', () => {
    const budget = new BodyBudget({ bytes: 10_000, freeBytes: 0 });
    const first = budget.open();
    first.take(9000);
    expect(() => budget.open().take(9000)).toThrow(BodyBudgetError);
    first.giveBack();
    first.giveBack();
    budget.open().take(9000);
    expect(() => budget.open().take(9000)).toThrow(BodyBudgetError);
  });

  test('is whole again when all are given back, whatever came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 5 }), { maxLength: 8 }),
        (bodies) => {
          const budget = new BodyBudget({ bytes: 10_000, freeBytes: 1000 });
          const shares = bodies.map((pieces) => {
            const share = budget.open();
            try {
              for (const piece of pieces) share.take(piece);
            } catch (error) {
              expect(error).toBeInstanceOf(BodyBudgetError);
            }
            return share;
          });
          for (const share of shares) share.giveBack();
          const all = budget.open();
          all.take(10_000 + 1000 - 256);
          expect(() => budget.open().take(1000)).toThrow(BodyBudgetError);
        },
      ),
    );
  });
});
