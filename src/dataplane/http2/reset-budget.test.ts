import { expect, test } from 'vitest';
import { ResetBudget } from './reset-budget.ts';

const spend = (budget: ResetBudget, times: number, now: number): boolean => {
  let isLeft = true;
  for (let i = 0; i < times; i++) isLeft = budget.spend(now);
  return isLeft;
};

test('lasts for as many as it was made for, and no more', () => {
  const budget = new ResetBudget(10, 0);
  expect(spend(budget, 10, 0)).toBe(true);
  expect(spend(budget, 1, 0)).toBe(false);
});

test('gets one back for each exchange that ended well', () => {
  const budget = new ResetBudget(10, 0);
  for (let i = 0; i < 100; i++) {
    expect(budget.spend(0)).toBe(true);
    budget.earn();
  }
});

test('is whole again after a minute, and never more than whole', () => {
  const budget = new ResetBudget(10, 0);
  spend(budget, 10, 0);
  expect(spend(budget, 5, 30_000)).toBe(true);
  expect(spend(budget, 1, 30_000)).toBe(false);
  budget.earn();
  expect(spend(budget, 10, 1_000_000)).toBe(true);
  expect(spend(budget, 1, 1_000_000)).toBe(false);
});
