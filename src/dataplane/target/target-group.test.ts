import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TargetGroupPart } from '../../snapshot/parts.ts';
import { aHealthCheck, aTarget, aTargetGroup } from '../sample-parts.ts';
import { TargetGroupRuntime } from './target-group.ts';
import type { TargetRuntime } from './target-runtime.ts';

/** A target group with a clock; `next` names targets by the last number of their address. */
function aGroup(part: Partial<TargetGroupPart>) {
  let nowMs = 1_000;
  const removed: TargetRuntime[] = [];
  const group = new TargetGroupRuntime(aTargetGroup(part), {
    now: () => nowMs,
    onTargetRemoved: (target) => removed.push(target),
  });
  const number = (target: TargetRuntime | undefined) =>
    target === undefined ? undefined : Number(target.part.targetId.split('.')[3]);
  return {
    group,
    removed,
    now: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
    target: (n: number) => group.targets.get(`10.0.0.${n}/8080`)!,
    next: (...tried: TargetRuntime[]) => number(group.next(tried.length > 0 ? tried : undefined)),
    take: (count: number) => Array.from({ length: count }, () => number(group.next())),
  };
}

const three = [aTarget(1), aTarget(2), aTarget(3)];
const checked = { targets: three, healthCheck: aHealthCheck() };

describe('without health checks', () => {
  test('all targets are used in turn', () => {
    expect(aGroup({ targets: three }).take(5)).toEqual([1, 2, 3, 1, 2]);
  });

  test.each([
    { name: 'a group without targets', targets: [] },
    { name: 'draining targets only', targets: [aTarget(1, { draining: true })] },
    { name: 'an instance without a known address', targets: [aTarget(1, { dial: undefined })] },
  ])('$name has nobody', ({ targets }) => {
    const group = aGroup({ targets });
    expect(group.next()).toBeUndefined();
    expect(group.next(aGroup({}).target(1))).toBeUndefined();
  });

  test('a draining target gets nothing from the moment of the update on', () => {
    const group = aGroup({ targets: three });
    group.group.update(
      aTargetGroup({ targets: [aTarget(1), aTarget(2, { draining: true }), aTarget(3)] }),
    );
    expect(group.take(4)).toEqual([1, 3, 1, 3]);
  });
});

describe('with health checks', () => {
  test('only healthy targets are used', () => {
    const group = aGroup(checked);
    group.target(1).setHealth('HEALTHY');
    group.target(3).setHealth('HEALTHY');
    expect(group.take(4)).toEqual([1, 3, 1, 3]);
    group.target(1).setHealth('UNHEALTHY');
    expect(group.take(2)).toEqual([3, 3]);
  });

  test('a target that was not checked yet is not used while another one is healthy', () => {
    const group = aGroup(checked);
    group.target(2).setHealth('HEALTHY');
    expect(group.take(2)).toEqual([2, 2]);
  });

  test('when no target is healthy all are used, but never a draining one', () => {
    const draining = aTarget(4, { draining: true });
    const group = aGroup({ ...checked, targets: [...three, draining] });
    group.target(1).setHealth('UNHEALTHY');
    group.target(4).setHealth('HEALTHY');
    expect(group.take(3)).toEqual([1, 2, 3]);
  });

  test('checks that are disabled make every target as good as any other', () => {
    const group = aGroup(checked);
    group.target(1).setHealth('UNHEALTHY');
    group.target(2).setHealth('HEALTHY');
    group.group.update(aTargetGroup({ targets: three }));
    expect(new Set(group.take(3))).toEqual(new Set([1, 2, 3]));
  });
});

describe('targets that were tried', () => {
  test('are not chosen again, and the others keep their turn', () => {
    const group = aGroup({ targets: three });
    expect(group.next(group.target(1))).toBe(2);
    expect(group.next(group.target(3))).toBe(1);
    expect(group.next(group.target(1), group.target(2))).toBe(3);
    expect(group.next(group.target(1), group.target(2), group.target(3))).toBeUndefined();
    expect(group.take(2)).toEqual([1, 2]);
  });

  test('an avoided target is better than none', () => {
    const group = aGroup({ targets: three });
    group.target(1).connectFailed(group.now());
    expect(group.next(group.target(2), group.target(3))).toBe(1);
  });
});

describe('a target whose connect failed', () => {
  test('is avoided for a second, and that is no health status', () => {
    const group = aGroup({ targets: three });
    group.target(2).connectFailed(group.now());
    expect(group.take(4)).toEqual([1, 3, 1, 3]);
    expect(group.target(2).health).toBe('INITIAL');
    group.pass(999);
    expect(group.take(2)).toEqual([1, 3]);
    group.pass(1);
    expect(new Set(group.take(3))).toEqual(new Set([1, 2, 3]));
  });

  test('is avoided twice as long each time, half a minute at most, until it responds', () => {
    const group = aGroup({ targets: three });
    const avoidedMs = () => group.target(2).avoidUntilMs - group.now();
    const times = Array.from({ length: 7 }, () => {
      group.target(2).connectFailed(group.now());
      return avoidedMs();
    });
    expect(times).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    group.target(2).responded();
    expect(new Set(group.take(3))).toEqual(new Set([1, 2, 3]));
    group.target(2).connectFailed(group.now());
    expect(avoidedMs()).toBe(1_000);
  });

  test('is used all the same when there is no other', () => {
    const group = aGroup({ targets: three });
    for (const n of [1, 2, 3]) group.target(n).connectFailed(group.now());
    expect(new Set(group.take(3))).toEqual(new Set([1, 2, 3]));
    group.target(3).responded();
    expect(group.take(2)).toEqual([3, 3]);
  });
});

describe('turns', () => {
  test('go on where they were when targets come and go', () => {
    const group = aGroup({ targets: three });
    expect(group.take(1)).toEqual([1]);
    group.group.update(aTargetGroup({ targets: [aTarget(4), ...three] }));
    expect(group.take(2)).toEqual([2, 3]);
    group.group.update(aTargetGroup({ targets: [aTarget(1), aTarget(2)] }));
    expect(group.take(2)).toEqual([1, 2]);
  });

  test('are equal within one for any set of targets, however many are unhealthy or avoided', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('HEALTHY', 'UNHEALTHY', 'INITIAL'), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.array(fc.nat(19), { maxLength: 5 }),
        fc.integer({ min: 1, max: 100 }),
        (healths, avoided, count) => {
          const targets = healths.map((_, i) => aTarget(i));
          const group = aGroup({ targets, healthCheck: aHealthCheck() });
          for (const [i, health] of healths.entries()) group.target(i).setHealth(health);
          for (const i of avoided) group.target(i % healths.length).connectFailed(group.now());
          const counts = new Map<number | undefined, number>();
          for (const n of group.take(count)) counts.set(n, (counts.get(n) ?? 0) + 1);
          expect(counts.has(undefined)).toBe(false);

          const healthy = healths.flatMap((health, i) => (health === 'HEALTHY' ? [i] : []));
          const usable = healthy.length > 0 ? healthy : healths.map((_, i) => i);
          const hinted = new Set(avoided.map((i) => i % healths.length));
          const preferred = usable.filter((i) => !hinted.has(i));
          const expected = preferred.length > 0 ? preferred : usable;
          const shares = expected.map((i) => counts.get(i) ?? 0);
          expect(shares.reduce((a, b) => a + b, 0)).toBe(count);
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('are not lost to whoever stands first when health changes before each choice', () => {
    const group = aGroup(checked);
    for (const n of [1, 2]) group.target(n).setHealth('HEALTHY');
    const chosen = Array.from({ length: 30 }, (_, i) => {
      group.target(3).setHealth(i % 2 === 0 ? 'HEALTHY' : 'UNHEALTHY');
      return group.take(1)[0];
    });
    for (const n of [1, 2]) expect(chosen.filter((c) => c === n).length).toBeGreaterThan(8);
  });
});

test('a target that is registered again while it drains is a new one', () => {
  const group = aGroup({ targets: three });
  const before = group.target(2);
  before.setHealth('HEALTHY');
  group.group.update(aTargetGroup({ targets: [aTarget(2, { draining: true })] }));
  expect(group.target(2)).toBe(before);
  group.group.update(aTargetGroup({ targets: [aTarget(2)] }));
  expect(group.target(2)).not.toBe(before);
  expect(group.target(2).health).toBe('INITIAL');
  expect(group.removed).toContain(before);
});

test('a group that is deleted gives up all its targets', () => {
  const group = aGroup({ targets: three });
  group.group.close();
  expect(group.removed).toHaveLength(3);
  expect(group.next()).toBeUndefined();
});
