import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../protocol/service-error.ts';
import {
  forwardTo,
  type Lattice,
  NOT_FOUND_ACTION,
  openLattice,
} from '../operations/vpc-lattice/lattice-fixture.ts';
import { targetGroupIdsOf } from './target-group-use.ts';

describe('targetGroupIdsOf', () => {
  test.each([
    { name: 'a fixed response has none', action: NOT_FOUND_ACTION, ids: [] },
    { name: 'an id is itself', action: forwardTo('tg-1'), ids: ['tg-1'] },
    {
      name: 'an ARN holds one',
      action: forwardTo('tg-1', 'arn:aws:vpc-lattice:us-west-2:1:targetgroup/tg-2'),
      ids: ['tg-1', 'tg-2'],
    },
  ])('$name', ({ action, ids }) => {
    expect(targetGroupIdsOf(action)).toEqual(ids);
  });
});

/** What a client may do to the rules of two services, by numbers that choose among what there is. */
type Step =
  | { do: 'addListener'; service: number; group: number }
  | { do: 'addRule'; listener: number; group: number; priority: number }
  | { do: 'changeListener'; listener: number; group: number }
  | { do: 'changeRule'; rule: number; group: number }
  | { do: 'removeListener'; listener: number }
  | { do: 'removeRule'; rule: number }
  | { do: 'removeService'; service: number };

const few = fc.nat({ max: 11 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('addListener' as const), service: few, group: few }),
  fc.record({
    do: fc.constant('addRule' as const),
    listener: few,
    group: few,
    priority: fc.integer({ min: 1, max: 99 }),
  }),
  fc.record({ do: fc.constant('changeListener' as const), listener: few, group: few }),
  fc.record({ do: fc.constant('changeRule' as const), rule: few, group: few }),
  fc.record({ do: fc.constant('removeListener' as const), listener: few }),
  fc.record({ do: fc.constant('removeRule' as const), rule: few }),
  fc.record({ do: fc.constant('removeService' as const), service: few }),
);

test('after any calls a group knows the one service whose rules refer to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const lattice = await openLattice();
      for (const name of ['one', 'two']) await lattice.call('CreateService', { name });
      for (const name of ['aaa', 'bbb', 'ccc']) {
        await lattice.call('CreateTargetGroup', { name, type: 'LAMBDA' });
      }
      for (const [i, each] of steps.entries()) {
        try {
          await take(lattice, each, i);
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
        }
      }
      const { noted, derived } = await uses(lattice);
      expect(noted).toEqual(derived);
      await lattice.store.close();
    }),
    { numRuns: 60 },
  );
});

const take = async (lattice: Lattice, each: Step, i: number): Promise<void> => {
  const [services, listeners, rules, groups] = await lattice.store.read(async (tx) => [
    (await tx.list('service')).items,
    (await tx.list('listener')).items,
    (await tx.list('rule')).items,
    (await tx.list('targetGroup')).items,
  ]);
  const service = 'service' in each ? choose(services, each.service) : undefined;
  const listener = 'listener' in each ? choose(listeners, each.listener) : undefined;
  const changeable = rules.filter(({ isDefault }) => !isDefault);
  const rule = 'rule' in each ? choose(changeable, each.rule) : undefined;
  // One number more than there are groups: then the action forwards to none.
  const group = 'group' in each ? groups[each.group % (groups.length + 1)] : undefined;
  const action = group ? forwardTo(i % 2 === 0 ? group.id : group.arn) : NOT_FOUND_ACTION;
  const path = {
    serviceIdentifier: (listener ?? rule)?.serviceId ?? service?.id ?? 'none',
    listenerIdentifier: listener?.id ?? rule?.listenerId ?? 'none',
    ruleIdentifier: rule?.id ?? 'none',
  };
  const name = `name-${i}`;
  switch (each.do) {
    case 'addListener': {
      const protocol = 'HTTP';
      const input = { ...path, name, protocol, port: i + 1, defaultAction: action } as const;
      await lattice.call('CreateListener', input);
      return;
    }
    case 'addRule': {
      const match = { httpMatch: { method: 'GET' } };
      await lattice.call('CreateRule', { ...path, name, match, priority: each.priority, action });
      return;
    }
    case 'changeListener':
      await lattice.call('UpdateListener', { ...path, defaultAction: action });
      return;
    case 'changeRule':
      await lattice.call('BatchUpdateRule', { ...path, rules: [{ ...path, action }] });
      return;
    case 'removeListener':
      await lattice.call('DeleteListener', path);
      return;
    case 'removeRule':
      await lattice.call('DeleteRule', path);
      return;
    case 'removeService':
      await lattice.call('DeleteService', path);
  }
};

const choose = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

/** By group: the service that is noted on it, and those whose rules refer to it. */
const uses = (lattice: Lattice) =>
  lattice.store.read(async (tx) => {
    const groups = (await tx.list('targetGroup')).items;
    const rules = (await tx.list('rule')).items;
    const noted = groups.map(({ id, serviceId }) => [
      id,
      serviceId === undefined ? [] : [serviceId],
    ]);
    const derived = groups.map(({ id }) => {
      const using = rules.filter(({ action }) => targetGroupIdsOf(action).includes(id));
      return [id, [...new Set(using.map(({ serviceId }) => serviceId))]];
    });
    return { noted, derived };
  });
