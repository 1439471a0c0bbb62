import { describe, expect, test } from 'vitest';
import { forwardTo, idNumber, NOT_FOUND_ACTION, openShop } from './lattice-fixture.ts';
import type { Input } from './shapes.ts';

const SVC = idNumber('service', 1);
const PATH = { serviceIdentifier: SVC, listenerIdentifier: idNumber('listener', 1) };
const RULE = { ...PATH, ruleIdentifier: idNumber('rule', 2) };
const match = { httpMatch: { method: 'GET' } };

const createRule: Input<'CreateRule'> = {
  ...PATH,
  name: 'one',
  priority: 1,
  match,
  action: NOT_FOUND_ACTION,
};
const createListener: Input<'CreateListener'> = {
  serviceIdentifier: SVC,
  name: 'http',
  protocol: 'HTTP',
  defaultAction: NOT_FOUND_ACTION,
};

/** A service with a listener and a rule. */
const openRule = async (quotas = {}) => {
  const shop = await openShop({ quotas });
  await shop.lattice.call('CreateListener', createListener);
  await shop.lattice.call('CreateRule', createRule);
  return shop;
};

describe.each(['CREATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'] as const)(
  'a service in %s refuses',
  (status) => {
    test.each([
      { name: 'CreateListener', input: { ...createListener, name: 'two', port: 81 } },
      { name: 'UpdateListener', input: { ...PATH, defaultAction: NOT_FOUND_ACTION } },
      { name: 'DeleteListener', input: PATH },
      { name: 'CreateRule', input: { ...createRule, name: 'two', priority: 2 } },
      { name: 'UpdateRule', input: { ...RULE, match } },
      { name: 'BatchUpdateRule', input: { ...PATH, rules: [{ ...RULE, priority: 2 }] } },
      { name: 'DeleteRule', input: RULE },
      { name: 'UpdateService', input: { serviceIdentifier: SVC, authType: 'NONE' } },
      { name: 'DeleteService', input: { serviceIdentifier: SVC } },
    ] as const)('$name', async ({ name, input }) => {
      const { lattice } = await openRule();
      await lattice.store.write(async (tx) => {
        const service = await tx.get('service', SVC);
        if (service) await tx.update('service', { ...service, status });
      });
      expect(await lattice.failure(name, input as never)).toEqual({
        code: 'ConflictException',
        statusCode: 409,
        message: `Invalid resource status for this operation, resource id ${SVC}, status: ${status}.`,
        members: { resourceId: SVC, resourceType: 'SERVICE' },
      });
    });
  },
);

describe('a service that uses as many target groups as it may refuses another one in', () => {
  const used = idNumber('targetGroup', 1);
  const another = forwardTo(idNumber('targetGroup', 2));
  test.each([
    {
      name: 'CreateListener',
      input: { ...createListener, name: 'two', port: 81, defaultAction: another },
    },
    { name: 'UpdateListener', input: { ...PATH, defaultAction: another } },
    {
      name: 'CreateRule',
      input: { ...createRule, name: 'two', priority: 2, action: another },
    },
    { name: 'UpdateRule', input: { ...RULE, action: another } },
    { name: 'BatchUpdateRule', input: { ...PATH, rules: [{ ...RULE, action: another }] } },
  ] as const)('$name', async ({ name, input }) => {
    const { lattice, targetGroup } = await openRule({ targetGroupsPerService: 1 });
    await targetGroup('one');
    await targetGroup('two');
    const defaultAction = forwardTo(used);
    await lattice.call('UpdateListener', { ...PATH, defaultAction });
    expect(await lattice.failure(name, input as never)).toMatchObject({
      code: 'ServiceQuotaExceededException',
      members: { quotaCode: 'L-3DEC3B9F', resourceType: 'TARGET_GROUP', resourceId: SVC },
    });
    await lattice.call('UpdateRule', { ...RULE, action: forwardTo(used) });
  });
});

test('a service over a lowered quota may still change among its target groups', async () => {
  const { lattice, targetGroup } = await openRule({ targetGroupsPerService: 2 });
  const [one, two] = [await targetGroup('one'), await targetGroup('two')];
  await lattice.call('UpdateRule', { ...RULE, action: forwardTo([one, 1], [two, 1]) });
  const lowered = { ...lattice.settings.quotas, targetGroupsPerService: 1 };
  Object.assign(lattice.settings, { quotas: lowered });
  await lattice.call('UpdateRule', { ...RULE, action: forwardTo([one, 9], [two, 1]) });
});
