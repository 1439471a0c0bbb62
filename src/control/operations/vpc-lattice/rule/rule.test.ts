import { describe, expect, test } from 'vitest';
import {
  arnOf,
  forwardTo,
  idNumber,
  type LatticeOptions,
  NOT_FOUND_ACTION,
  NOW,
  openShop,
} from '../lattice-fixture.ts';

const SVC = idNumber('service', 1);
const LISTENER = idNumber('listener', 1);
const DEFAULT = idNumber('rule', 1);
const RULE = idNumber('rule', 2);
const ARN = arnOf(`service/${SVC}/listener/${LISTENER}/rule/${RULE}`);
const PATH = { serviceIdentifier: SVC, listenerIdentifier: LISTENER };

const openListener = async (options: LatticeOptions = {}) => {
  const shop = await openShop(options);
  await shop.lattice.call('CreateListener', {
    serviceIdentifier: SVC,
    name: 'http',
    protocol: 'HTTP',
    defaultAction: NOT_FOUND_ACTION,
  });
  const rule = (name: string, priority: number) =>
    shop.lattice.call('CreateRule', {
      ...PATH,
      name,
      priority,
      match: { httpMatch: { method: 'GET' } },
      action: NOT_FOUND_ACTION,
    });
  const priorities = async () => {
    const { items } = await shop.lattice.call('ListRules', PATH);
    return Object.fromEntries(items.map(({ name, priority }) => [name, priority]));
  };
  return { ...shop, rule, priorities };
};

const create = {
  ...PATH,
  name: 'one',
  priority: 10,
  match: { httpMatch: { method: 'GET' } },
  action: NOT_FOUND_ACTION,
};

describe('CreateRule', () => {
  test('answers match and action exactly as they were sent', async () => {
    const { lattice, targetGroup } = await openListener();
    const match = {
      httpMatch: {
        pathMatch: { match: { prefix: '/api' }, caseSensitive: true },
        headerMatches: [
          { name: 'X-B', match: { exact: 'b' }, caseSensitive: false },
          { name: 'X-A', match: { contains: 'a' } },
        ],
      },
    };
    const action = forwardTo([await targetGroup('one'), 3]);
    const answer = { id: RULE, arn: ARN, name: 'one', priority: 10, match, action };
    expect(await lattice.call('CreateRule', { ...create, match, action })).toStrictEqual(answer);
    const got = await lattice.call('GetRule', { ...PATH, ruleIdentifier: ARN });
    expect(got).toStrictEqual({
      ...answer,
      isDefault: false,
      createdAt: NOW,
      lastUpdatedAt: NOW,
    });
  });

  test('leaves an empty method out', async () => {
    const { lattice } = await openListener();
    const pathMatch = { match: { exact: '/' }, caseSensitive: false };
    const answer = await lattice.call('CreateRule', {
      ...create,
      match: { httpMatch: { method: '', pathMatch } },
    });
    expect(answer.match).toStrictEqual({ httpMatch: { pathMatch } });
  });

  test.each([{ httpMatch: {} }, { httpMatch: { method: '' } }])(
    'refuses to match nothing: %j',
    async (match) => {
      const { lattice } = await openListener();
      expect(await lattice.failure('CreateRule', { ...create, match })).toMatchObject({
        code: 'ValidationException',
        members: { reason: 'fieldValidationFailed', fieldList: [{ name: 'match.httpMatch' }] },
      });
    },
  );

  test.each([
    { name: 'a name', input: { priority: 11 }, message: 'Rule with name one already exists.' },
    {
      name: 'a priority',
      input: { name: 'two' },
      message: 'Rule with priority 10 already exists.',
    },
  ])('refuses $name that the listener has', async ({ input, message }) => {
    const { lattice } = await openListener();
    await lattice.call('CreateRule', create);
    expect(await lattice.failure('CreateRule', { ...create, ...input })).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message,
      members: { resourceId: RULE, resourceType: 'RULE' },
    });
  });

  test('leaves the name of the default rule free', async () => {
    const { lattice } = await openListener();
    await lattice.call('CreateRule', { ...create, name: 'default' });
  });

  test('refuses more than the quota, which does not count the default rule', async () => {
    const { lattice, rule } = await openListener({ quotas: { rulesPerListener: 2 } });
    await rule('one', 1);
    await rule('two', 2);
    expect(await lattice.failure('CreateRule', { ...create, name: 'three' })).toMatchObject({
      code: 'ServiceQuotaExceededException',
      members: { quotaCode: 'L-CF78395E', resourceType: 'RULE', resourceId: LISTENER },
    });
  });

  test('is refused for TLS_PASSTHROUGH', async () => {
    const { lattice, targetGroup } = await openListener();
    const tls = await lattice.call('CreateListener', {
      serviceIdentifier: SVC,
      name: 'tls',
      protocol: 'TLS_PASSTHROUGH',
      defaultAction: forwardTo(await targetGroup('tls', 'TCP')),
    });
    expect(
      await lattice.failure('CreateRule', { ...create, listenerIdentifier: tls.id ?? '' }),
    ).toMatchObject({
      code: 'ValidationException',
      message: 'TLS_PASSTHROUGH listeners have a default rule only.',
    });
  });

  test('refuses an action that the listener cannot have', async () => {
    const { lattice } = await openListener();
    const action = { fixedResponse: { statusCode: 503 } };
    expect(await lattice.failure('CreateRule', { ...create, action })).toMatchObject({
      code: 'ValidationException',
      members: { fieldList: [{ name: 'action.fixedResponse.statusCode' }] },
    });
  });
});

describe('UpdateRule', () => {
  test('changes what is sent and keeps the rest', async () => {
    const { lattice, targetGroup } = await openListener();
    await lattice.call('CreateRule', create);
    const [one, two] = [await targetGroup('one'), await targetGroup('two')];
    const path = { ...PATH, ruleIdentifier: RULE };
    const answer = {
      id: RULE,
      arn: ARN,
      name: 'one',
      isDefault: false,
      priority: 10,
      match: create.match,
      action: forwardTo([one, 1]),
    };
    expect(await lattice.call('UpdateRule', { ...path, action: forwardTo([one, 1]) })).toEqual(
      answer,
    );
    expect(await lattice.call('UpdateRule', { ...path, priority: 20 })).toEqual({
      ...answer,
      priority: 20,
    });
    const match = { httpMatch: { method: 'PUT' } };
    const action = forwardTo([two, 1]);
    expect(await lattice.call('UpdateRule', { ...path, match, action })).toEqual({
      ...answer,
      priority: 20,
      match,
      action,
    });
    const groups = await lattice.call('ListTargetGroups', {});
    expect(groups.items?.map(({ serviceArns }) => serviceArns?.length)).toEqual([0, 1]);
  });

  test('refuses a priority that another rule has', async () => {
    const { lattice, rule } = await openListener();
    await rule('one', 1);
    await rule('two', 2);
    expect(
      await lattice.failure('UpdateRule', { ...PATH, ruleIdentifier: RULE, priority: 2 }),
    ).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: 'Rule with priority 2 already exists.',
      members: { resourceId: idNumber('rule', 3), resourceType: 'RULE' },
    });
  });
});

test.each([
  { name: 'UpdateRule', message: 'Update its listener instead.' },
  { name: 'DeleteRule', message: 'It is deleted with its listener.' },
] as const)('$name refuses the default rule', async ({ name, message }) => {
  const { lattice } = await openListener();
  expect(await lattice.failure(name, { ...PATH, ruleIdentifier: DEFAULT })).toEqual({
    code: 'ValidationException',
    statusCode: 400,
    message: `Rule ${DEFAULT} is the default rule. ${message}`,
    members: { reason: 'other' },
  });
});

describe('BatchUpdateRule', () => {
  test('swaps priorities in one call', async () => {
    const { lattice, rule, priorities } = await openListener();
    const [one, two] = [await rule('one', 1), await rule('two', 2)];
    const answer = await lattice.call('BatchUpdateRule', {
      ...PATH,
      rules: [
        { ruleIdentifier: one.id ?? '', priority: 2 },
        { ruleIdentifier: two.arn ?? '', priority: 1 },
      ],
    });
    expect(answer).toEqual({
      successful: [
        { ...one, isDefault: false, priority: 2 },
        { ...two, isDefault: false, priority: 1 },
      ],
      unsuccessful: [],
    });
    expect(await priorities()).toEqual({ default: undefined, one: 2, two: 1 });
  });

  test('rotates three, whatever the order', async () => {
    const { lattice, rule, priorities } = await openListener();
    const ids = [await rule('one', 1), await rule('two', 2), await rule('three', 3)];
    await lattice.call('BatchUpdateRule', {
      ...PATH,
      rules: ids.map(({ id }, i) => ({ ruleIdentifier: id ?? '', priority: ((i + 1) % 3) + 1 })),
    });
    expect(await priorities()).toMatchObject({ one: 2, two: 3, three: 1 });
  });

  test('does what it can and says what it could not do', async () => {
    const { lattice, rule, priorities } = await openListener();
    await rule('one', 1);
    await rule('two', 2);
    await rule('three', 3);
    const [one, two, three] = [2, 3, 4].map((n) => idNumber('rule', n)) as [string, string, string];
    const missing = idNumber('rule', 9);
    const answer = await lattice.call('BatchUpdateRule', {
      ...PATH,
      rules: [
        { ruleIdentifier: one, priority: 7 },
        { ruleIdentifier: two, priority: 3 },
        { ruleIdentifier: missing, priority: 8 },
        { ruleIdentifier: DEFAULT, priority: 9 },
        { ruleIdentifier: one, priority: 6 },
        { ruleIdentifier: three, match: { httpMatch: {} } },
      ],
    });
    expect(answer.successful?.map(({ id, priority }) => [id, priority])).toEqual([[one, 7]]);
    expect(
      answer.unsuccessful?.map(({ ruleIdentifier, failureCode }) => [ruleIdentifier, failureCode]),
    ).toEqual([
      [missing, 'ResourceNotFoundException'],
      [DEFAULT, 'ValidationException'],
      [one, 'ValidationException'],
      [three, 'ValidationException'],
      [two, 'ConflictException'],
    ]);
    expect(await priorities()).toMatchObject({ one: 7, two: 2, three: 3 });
  });

  test('an update that fails takes those with it that counted on it', async () => {
    const { lattice, rule, priorities } = await openListener();
    await rule('one', 1);
    await rule('two', 2);
    await rule('three', 3);
    const answer = await lattice.call('BatchUpdateRule', {
      ...PATH,
      rules: [
        { ruleIdentifier: idNumber('rule', 2), priority: 2 },
        { ruleIdentifier: idNumber('rule', 3), priority: 3 },
      ],
    });
    expect(answer.successful).toEqual([]);
    expect(answer.unsuccessful).toHaveLength(2);
    expect(await priorities()).toMatchObject({ one: 1, two: 2, three: 3 });
  });

  test('refuses an unknown listener as a whole', async () => {
    const { lattice } = await openListener();
    expect(
      await lattice.failure('BatchUpdateRule', {
        ...PATH,
        listenerIdentifier: idNumber('listener', 9),
        rules: [{ ruleIdentifier: RULE, priority: 1 }],
      }),
    ).toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

test('DeleteRule takes the rule and its tags, and frees its target groups', async () => {
  const { lattice, targetGroup } = await openListener();
  const group = await targetGroup('one');
  await lattice.call('CreateRule', { ...create, action: forwardTo(group), tags: { a: 'b' } });
  const path = { ...PATH, ruleIdentifier: RULE };
  expect(await lattice.call('DeleteRule', path)).toEqual({});
  expect(await lattice.failure('GetRule', path)).toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Rule ${RULE} not found.`,
    members: { resourceId: RULE, resourceType: 'RULE' },
  });
  expect(await lattice.failure('DeleteRule', path)).toMatchObject({ statusCode: 404 });
  expect(await lattice.store.read((tx) => tx.count('tagSet'))).toBe(0);
  expect(await lattice.call('DeleteTargetGroup', { targetGroupIdentifier: group })).toMatchObject({
    status: 'DELETE_IN_PROGRESS',
  });
});

test('ListRules shows the default rule too, page by page', async () => {
  const { lattice, rule } = await openListener();
  await rule('one', 1);
  const first = await lattice.call('ListRules', { ...PATH, maxResults: 1 });
  expect(first.items).toEqual([
    {
      id: DEFAULT,
      arn: arnOf(`service/${SVC}/listener/${LISTENER}/rule/${DEFAULT}`),
      name: 'default',
      isDefault: true,
      createdAt: NOW,
      lastUpdatedAt: NOW,
    },
  ]);
  const { nextToken = '' } = first;
  expect(await lattice.call('ListRules', { ...PATH, nextToken })).toEqual({
    items: [
      {
        id: RULE,
        arn: ARN,
        name: 'one',
        isDefault: false,
        priority: 1,
        createdAt: NOW,
        lastUpdatedAt: NOW,
      },
    ],
  });
});

test('a rule is not found under another listener', async () => {
  const { lattice } = await openListener();
  await lattice.call('CreateRule', create);
  const other = await lattice.call('CreateListener', {
    serviceIdentifier: SVC,
    name: 'other',
    protocol: 'HTTP',
    port: 81,
    defaultAction: NOT_FOUND_ACTION,
  });
  for (const name of ['GetRule', 'UpdateRule', 'DeleteRule'] as const) {
    const path = { ...PATH, listenerIdentifier: other.id ?? '', ruleIdentifier: RULE };
    expect(await lattice.failure(name, path)).toMatchObject({
      code: 'ResourceNotFoundException',
      members: { resourceType: 'RULE' },
    });
  }
});
