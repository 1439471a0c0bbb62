import { describe, expect, test } from 'vitest';
import {
  arnOf,
  forwardTo,
  idNumber,
  NOT_FOUND_ACTION,
  NOW,
  OTHER_ACCOUNT,
  openShop,
} from '../lattice-fixture.ts';

const SVC = idNumber('service', 1);
const LISTENER = idNumber('listener', 1);
const ARN = arnOf(`service/${SVC}/listener/${LISTENER}`);
const RULE = idNumber('rule', 1);

const http = {
  serviceIdentifier: SVC,
  name: 'http',
  protocol: 'HTTP',
  defaultAction: NOT_FOUND_ACTION,
} as const;

describe('CreateListener', () => {
  test('answers the listener and makes its default rule', async () => {
    const { lattice } = await openShop();
    expect(await lattice.call('CreateListener', { ...http, tags: { a: 'b' } })).toEqual({
      id: LISTENER,
      arn: ARN,
      name: 'http',
      protocol: 'HTTP',
      port: 80,
      serviceId: SVC,
      serviceArn: arnOf(`service/${SVC}`),
      defaultAction: NOT_FOUND_ACTION,
    });
    expect(
      await lattice.call('GetRule', {
        serviceIdentifier: SVC,
        listenerIdentifier: LISTENER,
        ruleIdentifier: RULE,
      }),
    ).toEqual({
      id: RULE,
      arn: `${ARN}/rule/${RULE}`,
      name: 'default',
      isDefault: true,
      action: NOT_FOUND_ACTION,
      createdAt: NOW,
      lastUpdatedAt: NOW,
    });
    expect(await lattice.call('ListTagsForResource', { resourceArn: ARN })).toEqual({
      tags: { a: 'b' },
    });
  });

  test.each([
    { protocol: 'HTTP', sent: undefined, port: 80 },
    { protocol: 'HTTPS', sent: undefined, port: 443 },
    { protocol: 'HTTPS', sent: 8443, port: 8443 },
  ] as const)('$protocol without or with port $sent gets $port', async (row) => {
    const { lattice } = await openShop();
    const sent = row.sent === undefined ? {} : { port: row.sent };
    expect(
      await lattice.call('CreateListener', { ...http, protocol: row.protocol, ...sent }),
    ).toMatchObject({ port: row.port });
  });

  test('keeps target groups in the form sent and gives a single one its weight', async () => {
    const { lattice, targetGroup } = await openShop();
    const one = await targetGroup('one');
    const two = arnOf(`targetgroup/${await targetGroup('two')}`);
    const single = await lattice.call('CreateListener', {
      ...http,
      defaultAction: forwardTo(one),
    });
    expect(single.defaultAction).toEqual(forwardTo([one, 100]));
    const both = forwardTo([one, 0], [two, 7]);
    const second = { ...http, name: 'two', port: 81, defaultAction: both };
    expect(await lattice.call('CreateListener', second)).toMatchObject({ defaultAction: both });
    expect(await lattice.call('GetTargetGroup', { targetGroupIdentifier: two })).toMatchObject({
      serviceArns: [arnOf(`service/${SVC}`)],
    });
  });

  test('TLS_PASSTHROUGH forwards to TCP target groups, on 443 by default', async () => {
    const { lattice, targetGroup } = await openShop();
    const defaultAction = forwardTo([await targetGroup('tls', 'TCP'), 1]);
    expect(
      await lattice.call('CreateListener', { ...http, protocol: 'TLS_PASSTHROUGH', defaultAction }),
    ).toMatchObject({ port: 443, defaultAction });
  });

  test.each([
    { name: 'name', input: { port: 81 }, message: 'Listener with name http already exists.' },
    { name: 'port', input: { name: 'two' }, message: 'Listener with port 80 already exists.' },
  ])('refuses a $name that the service has', async ({ input, message }) => {
    const { lattice } = await openShop();
    await lattice.call('CreateListener', http);
    expect(await lattice.failure('CreateListener', { ...http, ...input })).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message,
      members: { resourceId: LISTENER, resourceType: 'LISTENER' },
    });
  });

  test('refuses a third listener', async () => {
    const { lattice } = await openShop();
    await lattice.call('CreateListener', http);
    await lattice.call('CreateListener', { ...http, name: 'two', port: 81 });
    const third = { ...http, name: 'three', port: 82 };
    expect(await lattice.failure('CreateListener', third)).toMatchObject({
      code: 'ServiceQuotaExceededException',
      statusCode: 402,
      members: { quotaCode: 'L-D64E952E', resourceType: 'LISTENER', resourceId: SVC },
    });
  });

  test('refuses TLS_PASSTHROUGH for a service without a custom domain name', async () => {
    const { lattice, targetGroup } = await openShop();
    const plain = await lattice.call('CreateService', { name: 'plain' });
    const input = {
      serviceIdentifier: plain.id ?? '',
      name: 'tls',
      protocol: 'TLS_PASSTHROUGH',
      defaultAction: forwardTo(await targetGroup('tls', 'TCP')),
    } as const;
    expect(await lattice.failure('CreateListener', input)).toMatchObject({
      code: 'ValidationException',
      message: 'A service needs a custom domain name to have a TLS_PASSTHROUGH listener.',
    });
  });

  test('refuses an unknown service', async () => {
    const { lattice } = await openShop();
    expect(
      await lattice.failure('CreateListener', {
        ...http,
        serviceIdentifier: idNumber('service', 9),
      }),
    ).toMatchObject({ code: 'ResourceNotFoundException', members: { resourceType: 'SERVICE' } });
  });
});

describe('a default action', () => {
  test.each([
    {
      name: 'with another status than 404 and 500',
      action: { fixedResponse: { statusCode: 200 } },
      error: {
        code: 'ValidationException',
        members: {
          reason: 'fieldValidationFailed',
          fieldList: [
            {
              name: 'defaultAction.fixedResponse.statusCode',
              message: 'Status code must be 404 or 500.',
            },
          ],
        },
      },
    },
    {
      name: 'with a target group that does not exist',
      action: forwardTo(idNumber('targetGroup', 9)),
      error: {
        code: 'ResourceNotFoundException',
        members: { resourceId: idNumber('targetGroup', 9), resourceType: 'TARGET_GROUP' },
      },
    },
    {
      name: 'without weights for two target groups',
      action: forwardTo(idNumber('targetGroup', 1), idNumber('targetGroup', 2)),
      error: {
        code: 'ValidationException',
        message:
          'defaultAction.forward.targetGroups: Weight is required when there is more than one target group.',
      },
    },
    {
      name: 'with a target group twice, by id and by ARN',
      action: forwardTo(
        [idNumber('targetGroup', 1), 1],
        [arnOf(`targetgroup/${idNumber('targetGroup', 1)}`), 1],
      ),
      error: {
        code: 'ValidationException',
        message: `Target group ${idNumber('targetGroup', 1)} occurs more than once in the action.`,
      },
    },
    {
      name: 'with a TCP target group behind HTTP',
      action: forwardTo(idNumber('targetGroup', 3)),
      error: {
        code: 'ValidationException',
        message: `HTTP listeners do not forward to TCP target groups; ${idNumber('targetGroup', 3)} is one.`,
      },
    },
  ])('$name is refused', async ({ action, error }) => {
    const { lattice, targetGroup } = await openShop();
    await targetGroup('one');
    await targetGroup('two');
    await targetGroup('tcp', 'TCP');
    expect(
      await lattice.failure('CreateListener', { ...http, defaultAction: action }),
    ).toMatchObject(error);
    await lattice.call('CreateListener', http);
    const update = {
      serviceIdentifier: SVC,
      listenerIdentifier: LISTENER,
      defaultAction: action,
    };
    expect(await lattice.failure('UpdateListener', update)).toMatchObject(error);
  });

  test.each([
    { name: 'a fixed response', action: NOT_FOUND_ACTION },
    { name: 'an HTTP target group', action: forwardTo(idNumber('targetGroup', 1)) },
  ])('of TLS_PASSTHROUGH with $name is refused', async ({ action }) => {
    const { lattice, targetGroup } = await openShop();
    await targetGroup('one');
    expect(
      await lattice.failure('CreateListener', {
        ...http,
        protocol: 'TLS_PASSTHROUGH',
        defaultAction: action,
      }),
    ).toMatchObject({ code: 'ValidationException' });
  });

  test('with a target group of another service is refused', async () => {
    const { lattice, targetGroup } = await openShop();
    const one = await targetGroup('one');
    await lattice.call('CreateListener', { ...http, defaultAction: forwardTo(one) });
    const other = await lattice.call('CreateService', { name: 'other' });
    const input = {
      ...http,
      serviceIdentifier: other.id ?? '',
      defaultAction: forwardTo(one),
    };
    expect(await lattice.failure('CreateListener', input)).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: `A target group may be used by a single service only. ${one} is used by ${SVC}.`,
      members: { resourceId: one, resourceType: 'TARGET_GROUP' },
    });
    await lattice.call('DeleteListener', { serviceIdentifier: SVC, listenerIdentifier: LISTENER });
    await lattice.call('CreateListener', input);
  });

  test('with more target groups than a service may use is refused', async () => {
    const { lattice, targetGroup } = await openShop({ quotas: { targetGroupsPerService: 1 } });
    const [one, two] = [await targetGroup('one'), await targetGroup('two')];
    const input = { ...http, defaultAction: forwardTo([one, 1], [two, 1]) };
    expect(await lattice.failure('CreateListener', input)).toMatchObject({
      code: 'ServiceQuotaExceededException',
      members: { quotaCode: 'L-3DEC3B9F', resourceId: SVC },
    });
    await lattice.call('CreateListener', { ...http, defaultAction: forwardTo(one) });
  });

  test('with a target group that is not active yet is refused', async () => {
    const { lattice, targetGroup } = await openShop();
    const slow = await targetGroup('slow');
    await lattice.store.write(async (tx) => {
      const group = await tx.get('targetGroup', slow);
      if (group) await tx.update('targetGroup', { ...group, status: 'CREATE_IN_PROGRESS' });
    });
    expect(
      await lattice.failure('CreateListener', { ...http, defaultAction: forwardTo(slow) }),
    ).toMatchObject({
      code: 'ConflictException',
      message: `Invalid resource status for this operation, resource id ${slow}, status: CREATE_IN_PROGRESS.`,
    });
  });
});

test('UpdateListener changes the default action, also of the default rule', async () => {
  const { lattice, targetGroup } = await openShop();
  const [one, two] = [await targetGroup('one'), await targetGroup('two')];
  await lattice.call('CreateListener', { ...http, defaultAction: forwardTo([one, 1]) });
  lattice.now = new Date(NOW.getTime() + 1000);
  const defaultAction = forwardTo([two, 1]);
  const path = { serviceIdentifier: SVC, listenerIdentifier: ARN };
  expect(await lattice.call('UpdateListener', { ...path, defaultAction })).toEqual({
    id: LISTENER,
    arn: ARN,
    name: 'http',
    protocol: 'HTTP',
    port: 80,
    serviceId: SVC,
    serviceArn: arnOf(`service/${SVC}`),
    defaultAction,
  });
  expect(await lattice.call('GetListener', path)).toMatchObject({
    defaultAction,
    createdAt: NOW,
    lastUpdatedAt: lattice.now,
  });
  expect(await lattice.call('GetRule', { ...path, ruleIdentifier: RULE })).toMatchObject({
    action: defaultAction,
    lastUpdatedAt: lattice.now,
  });
  const used = await lattice.call('ListTargetGroups', {});
  expect(used.items?.map(({ name, serviceArns }) => [name, serviceArns?.length])).toEqual([
    ['one', 0],
    ['two', 1],
  ]);
});

test('DeleteListener takes its rules and tags along', async () => {
  const { lattice } = await openShop();
  await lattice.call('CreateListener', { ...http, tags: { a: 'b' } });
  const path = { serviceIdentifier: SVC, listenerIdentifier: LISTENER };
  expect(await lattice.call('DeleteListener', path)).toEqual({});
  const left = await lattice.store.read(async (tx) => [
    await tx.count('rule'),
    await tx.count('tagSet'),
  ]);
  expect(left).toEqual([0, 0]);
  for (const name of ['GetListener', 'DeleteListener', 'ListRules'] as const) {
    expect(await lattice.failure(name, path)).toMatchObject({
      code: 'ResourceNotFoundException',
      statusCode: 404,
      members: { resourceId: LISTENER, resourceType: 'LISTENER' },
    });
  }
});

test('ListListeners shows the listeners of one service', async () => {
  const { lattice } = await openShop();
  await lattice.call('CreateListener', http);
  const other = await lattice.call('CreateService', { name: 'other' });
  await lattice.call('CreateListener', { ...http, serviceIdentifier: other.id ?? '' });
  expect(await lattice.call('ListListeners', { serviceIdentifier: SVC })).toEqual({
    items: [
      {
        id: LISTENER,
        arn: ARN,
        name: 'http',
        protocol: 'HTTP',
        port: 80,
        createdAt: NOW,
        lastUpdatedAt: NOW,
      },
    ],
  });
});

describe('a listener is not found', () => {
  test('under another service', async () => {
    const { lattice } = await openShop();
    await lattice.call('CreateListener', http);
    const other = await lattice.call('CreateService', { name: 'other' });
    for (const listenerIdentifier of [LISTENER, ARN]) {
      const path = { serviceIdentifier: other.id ?? '', listenerIdentifier };
      expect(await lattice.failure('GetListener', path)).toMatchObject({
        code: 'ResourceNotFoundException',
        members: { resourceId: listenerIdentifier, resourceType: 'LISTENER' },
      });
    }
  });

  test('by an ARN that puts it under another service', async () => {
    const { lattice } = await openShop();
    await lattice.call('CreateListener', http);
    const wrong = arnOf(`service/${idNumber('service', 9)}/listener/${LISTENER}`);
    expect(
      await lattice.failure('GetListener', { serviceIdentifier: SVC, listenerIdentifier: wrong }),
    ).toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('by another account', async () => {
    const { lattice } = await openShop();
    await lattice.call('CreateListener', http);
    const path = { serviceIdentifier: SVC, listenerIdentifier: LISTENER };
    expect(await lattice.failure('GetListener', path, OTHER_ACCOUNT)).toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});
