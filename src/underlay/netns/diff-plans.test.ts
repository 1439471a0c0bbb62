import { expect, test } from 'vitest';
import { diffPlans, type Plans } from './diff-plans.ts';
import type { NamespacePlan } from './namespace-plan.ts';

const plan = (
  name: string,
  role: NamespacePlan['role'],
  parts: Readonly<Record<string, string>>,
): NamespacePlan => ({
  name,
  role,
  settings: {},
  parts: new Map(
    Object.entries(parts).map(([key, value]) => [
      key,
      { add: [`add ${key} ${value}`], remove: [`remove ${key} ${value}`] },
    ]),
  ),
});
const plans = (...all: readonly NamespacePlan[]): Plans =>
  new Map(all.map((one) => [one.name, one]));

test('what is not there is made, routers before the members whose links they have', () => {
  const wanted = plans(plan('member', 'member', { a: '1' }), plan('router', 'router', { b: '1' }));
  const { make, batches, remove } = diffPlans(new Map(), wanted);
  expect(make.map(({ name }) => name)).toEqual(['member', 'router']);
  expect(batches).toEqual([
    { name: 'router', role: 'router', lines: ['add b 1'] },
    { name: 'member', role: 'member', lines: ['add a 1'] },
  ]);
  expect(remove).toEqual([]);
});

test('what is there already stays as it is, and what is not wanted goes', () => {
  const kept = plan('kept', 'member', { a: '1' });
  const { make, batches, remove } = diffPlans(plans(kept, plan('old', 'member', {})), plans(kept));
  expect({ make, batches, remove }).toEqual({ make: [], batches: [], remove: ['old'] });
});

test('of a namespace that changes only the parts that differ are touched, the last one first', () => {
  const before = plan('one', 'router', { a: '1', b: '1', c: '1', d: '1' });
  const after = plan('one', 'router', { a: '1', b: '2', d: '1', e: '1' });
  expect(diffPlans(plans(before), plans(after)).batches).toEqual([
    {
      name: 'one',
      role: 'router',
      lines: ['remove c 1', 'remove b 1', 'add b 2', 'add e 1'],
    },
  ]);
});
