import { describe, expect, test } from 'vitest';
import { BUILDERS } from '../../../../compile/builders.ts';
import {
  ACCOUNT,
  forwardTo,
  idNumber,
  type LatticeOptions,
  NOW,
  OTHER_ACCOUNT,
  openLattice,
  openShop,
} from '../lattice-fixture.ts';
import type { Input } from '../shapes.ts';

const TG = idNumber('targetGroup', 1);
const GROUP = { targetGroupIdentifier: TG };
const FUNCTION = `arn:aws:lambda:us-west-2:${ACCOUNT}:function:carts`;
const BALANCER = `arn:aws:elasticloadbalancing:us-west-2:${ACCOUNT}:loadbalancer/app/carts/0f`;

const openGroup = async (
  sent: Partial<Input<'CreateTargetGroup'>> = {},
  options: LatticeOptions = {},
) => {
  const lattice = await openLattice(options);
  const vpc = await lattice.vpc({ ipv6CidrBlock: '2600:1f13::/56' });
  const config = { protocol: 'HTTP', port: 8080, vpcIdentifier: vpc.id } as const;
  await lattice.call('CreateTargetGroup', { name: 'carts', type: 'IP', config, ...sent });
  return lattice;
};

/** A group that a listener forwards to, with one target. */
const openUsedGroup = async (options: LatticeOptions = {}) => {
  const shop = await openShop(options);
  await shop.lattice.call('CreateListener', {
    serviceIdentifier: shop.serviceIdentifier,
    name: 'http',
    protocol: 'HTTP',
    defaultAction: forwardTo(await shop.targetGroup('carts')),
  });
  await shop.lattice.call('RegisterTargets', { ...GROUP, targets: [{ id: '10.0.0.1' }] });
  return shop.lattice;
};

describe('RegisterTargets', () => {
  test('fills in the port of the group, and takes an address on several ports', async () => {
    const lattice = await openGroup();
    const targets = [{ id: '10.0.0.1' }, { id: '10.0.0.1', port: 9090 }];
    expect(await lattice.call('RegisterTargets', { ...GROUP, targets })).toEqual({
      successful: [
        { id: '10.0.0.1', port: 8080 },
        { id: '10.0.0.1', port: 9090 },
      ],
      unsuccessful: [],
    });
    expect(await lattice.call('ListTargets', GROUP)).toEqual({
      items: [
        { id: '10.0.0.1', port: 8080, status: 'UNUSED', reasonCode: 'TargetGroupNotInUse' },
        { id: '10.0.0.1', port: 9090, status: 'UNUSED', reasonCode: 'TargetGroupNotInUse' },
      ],
    });
  });

  test('of what is registered succeeds and changes nothing', async () => {
    const lattice = await openGroup();
    const input = { ...GROUP, targets: [{ id: '10.0.0.1' }] };
    const first = await lattice.call('RegisterTargets', input);
    const revision = lattice.store.revision();
    lattice.now = new Date(NOW.getTime() + 1000);
    expect(await lattice.call('RegisterTargets', input)).toEqual(first);
    expect(lattice.store.revision()).toBe(revision);
  });

  test('takes a draining target back', async () => {
    const lattice = await openUsedGroup();
    lattice.health.set(`${TG} 10.0.0.1/8080`, 'HEALTHY');
    const input = { ...GROUP, targets: [{ id: '10.0.0.1' }] };
    await lattice.call('DeregisterTargets', input);
    await lattice.call('RegisterTargets', input);
    expect((await lattice.call('ListTargets', GROUP)).items).toEqual([
      { id: '10.0.0.1', port: 8080, status: 'HEALTHY' },
    ]);
  });

  test.each([
    { name: 'an instance', id: 'i-0123456789abcdef0', type: 'INSTANCE', answer: 80 },
    { name: 'a function', id: FUNCTION, type: 'LAMBDA', answer: undefined },
    { name: 'a function’s alias', id: `${FUNCTION}:live`, type: 'LAMBDA', answer: undefined },
    { name: 'a load balancer', id: BALANCER, type: 'ALB', answer: 80 },
  ] as const)('takes $name', async ({ id, type, answer }) => {
    const lattice = await openGroup(
      type === 'LAMBDA'
        ? { type, config: {} }
        : { type, config: { protocol: 'HTTP', vpcIdentifier: idNumber('vpc', 1) } },
    );
    const answered = answer === undefined ? { id } : { id, port: answer };
    expect(await lattice.call('RegisterTargets', { ...GROUP, targets: [{ id }] })).toEqual({
      successful: [answered],
      unsuccessful: [],
    });
    const { items } = await lattice.call('ListTargets', GROUP);
    expect(items).toEqual([{ ...answered, status: 'UNUSED', reasonCode: 'TargetGroupNotInUse' }]);
  });

  test('takes IPv6 addresses of the VPC where the group has them', async () => {
    const vpcIdentifier = idNumber('vpc', 1);
    const lattice = await openGroup({
      config: { protocol: 'HTTP', ipAddressType: 'IPV6', vpcIdentifier },
    });
    const targets = [
      { id: '2600:1f13::7' },
      { id: '2600:2000::7' },
      { id: 'fe80::1' },
      { id: '10.0.0.1' },
    ];
    const answer = await lattice.call('RegisterTargets', { ...GROUP, targets });
    expect(answer.successful).toEqual([{ id: '2600:1f13::7', port: 80 }]);
    expect(answer.unsuccessful?.map(({ id }) => id)).toEqual([
      '2600:2000::7',
      'fe80::1',
      '10.0.0.1',
    ]);
  });

  test.each([
    { type: 'IP', id: 'localhost', message: 'Target id must be an IP address' },
    { type: 'IP', id: '10.0.0.256', message: 'Target id must be an IP address' },
    { type: 'IP', id: '2600:1f13::7', message: /^Target id must be an IPv4 address/ },
    { type: 'IP', id: '127.0.0.1', message: /loopback/ },
    { type: 'IP', id: '169.254.171.1', message: /link-local/ },
    { type: 'IP', id: '224.0.0.1', message: /multicast/ },
    { type: 'IP', id: '10.1.0.1', message: /10\.0\.0\.0\/16/ },
    { type: 'IP', id: '8.8.8.8', message: /inside the CIDR blocks of the VPC/ },
    { type: 'INSTANCE', id: '10.0.0.1', message: /instance id/ },
    { type: 'INSTANCE', id: 'i-xyz', message: /instance id/ },
    { type: 'LAMBDA', id: '10.0.0.1', message: /Lambda function/ },
    {
      type: 'LAMBDA',
      id: FUNCTION.replace(ACCOUNT, OTHER_ACCOUNT),
      message: /in the account and region/,
    },
    {
      type: 'ALB',
      id: BALANCER.replace('us-west-2', 'us-east-1'),
      message: /in the account and region/,
    },
  ] as const)(
    'refuses $id for a group of type $type, and it alone',
    async ({ type, id, message }) => {
      const vpcIdentifier = idNumber('vpc', 1);
      const lattice = await openGroup(
        type === 'LAMBDA'
          ? { type, config: {} }
          : { type, config: { protocol: 'HTTP', vpcIdentifier } },
      );
      const answer = await lattice.call('RegisterTargets', {
        ...GROUP,
        targets: [{ id, port: 81 }],
      });
      expect(answer).toEqual({
        successful: [],
        unsuccessful: [
          {
            id,
            port: 81,
            failureCode: 'UnsupportedTarget',
            failureMessage: typeof message === 'string' ? message : expect.stringMatching(message),
          },
        ],
      });
      expect(await lattice.call('ListTargets', GROUP)).toEqual({ items: [] });
    },
  );

  test.each([
    { cidrBlock: '52.1.0.0/16', id: '52.1.2.3', isPublic: true },
    { cidrBlock: '100.64.0.0/16', id: '100.64.2.3', isPublic: false },
    { cidrBlock: '198.18.0.0/16', id: '198.18.2.3', isPublic: false },
  ])(
    'takes $id of a VPC with $cidrBlock unless it is public',
    async ({ cidrBlock, id, isPublic }) => {
      const lattice = await openLattice();
      const { id: vpcIdentifier } = await lattice.vpc({ cidrBlock });
      const config = { protocol: 'HTTP', port: 80, vpcIdentifier } as const;
      await lattice.call('CreateTargetGroup', { name: 'carts', type: 'IP', config });
      const answer = await lattice.call('RegisterTargets', { ...GROUP, targets: [{ id }] });
      expect(answer.unsuccessful?.map(({ failureMessage }) => failureMessage)).toEqual(
        isPublic ? ['Target id must not be a publicly routable IP address'] : [],
      );
    },
  );

  test('refuses a second function', async () => {
    const lattice = await openGroup({ type: 'LAMBDA', config: {} });
    const answer = await lattice.call('RegisterTargets', {
      ...GROUP,
      targets: [{ id: FUNCTION }, { id: `${FUNCTION}2` }],
    });
    expect(answer.successful).toEqual([{ id: FUNCTION }]);
    expect(answer.unsuccessful).toMatchObject([
      { failureMessage: 'A target group of type LAMBDA has one target only' },
    ]);
  });

  test('refuses more than the quota as a whole', async () => {
    const lattice = await openGroup({}, { quotas: { targetsPerTargetGroup: 1 } });
    const targets = [{ id: '10.0.0.1' }, { id: '10.0.0.2' }];
    expect(await lattice.failure('RegisterTargets', { ...GROUP, targets })).toMatchObject({
      code: 'ServiceQuotaExceededException',
      members: { quotaCode: 'L-D71303F3', resourceType: 'TARGET', resourceId: TG },
    });
    await lattice.call('RegisterTargets', { ...GROUP, targets: [{ id: '10.0.0.1' }] });
    await lattice.call('RegisterTargets', { ...GROUP, targets: [{ id: '10.0.0.1' }] });
  });

  test('is refused before the group is active', async () => {
    const lattice = await openGroup({}, { settings: { transitionMs: 1000 } });
    const targets = [{ id: '10.0.0.1' }];
    expect(await lattice.failure('RegisterTargets', { ...GROUP, targets })).toMatchObject({
      code: 'ConflictException',
      message: `Invalid resource status for this operation, resource id ${TG}, status: CREATE_IN_PROGRESS.`,
    });
  });
});

describe('DeregisterTargets', () => {
  test('lets a target finish its requests', async () => {
    const lattice = await openUsedGroup();
    lattice.health.set(`${TG} 10.0.0.1/8080`, 'HEALTHY');
    const input = { ...GROUP, targets: [{ id: '10.0.0.1' }] };
    expect(await lattice.call('DeregisterTargets', input)).toEqual({
      successful: [{ id: '10.0.0.1', port: 8080 }],
      unsuccessful: [],
    });
    const target = await lattice.store.read((tx) => tx.get('target', `${TG}/10.0.0.1/8080`));
    expect(target?.drainUntil).toBe(new Date(NOW.getTime() + 60_000).toISOString());
    expect((await lattice.call('ListTargets', GROUP)).items).toEqual([
      { id: '10.0.0.1', port: 8080, status: 'DRAINING', reasonCode: 'DeregistrationInProgress' },
    ]);
    lattice.now = new Date(NOW.getTime() + 30_000);
    await lattice.call('DeregisterTargets', input);
    expect(await lattice.store.read((tx) => tx.get('target', `${TG}/10.0.0.1/8080`))).toEqual(
      target,
    );
  });

  test.each([
    { name: 'an unused target', isUsed: false, health: 'HEALTHY' },
    { name: 'a target that has not been checked', isUsed: true, health: undefined },
    { name: 'a new target', isUsed: true, health: 'INITIAL' },
  ] as const)('removes $name at once', async ({ isUsed, health }) => {
    const lattice = isUsed ? await openUsedGroup() : await openGroup();
    const input = { ...GROUP, targets: [{ id: '10.0.0.1' }] };
    await lattice.call('RegisterTargets', input);
    lattice.health.set(`${TG} 10.0.0.1/8080`, health);
    await lattice.call('DeregisterTargets', input);
    expect(await lattice.call('ListTargets', GROUP)).toEqual({ items: [] });
  });

  test('says what was not there and does the rest', async () => {
    const lattice = await openGroup();
    await lattice.call('RegisterTargets', { ...GROUP, targets: [{ id: '10.0.0.1' }] });
    const targets = [{ id: '10.0.0.1', port: 1 }, { id: '10.0.0.1' }];
    expect(await lattice.call('DeregisterTargets', { ...GROUP, targets })).toEqual({
      successful: [{ id: '10.0.0.1', port: 8080 }],
      unsuccessful: [
        {
          id: '10.0.0.1',
          port: 1,
          failureCode: 'TargetNotFound',
          failureMessage: `Target 10.0.0.1 is not registered with target group ${TG}`,
        },
      ],
    });
  });
});

describe('ListTargets', () => {
  test.each([
    { health: undefined, status: { status: 'INITIAL', reasonCode: 'InitialHealthChecking' } },
    { health: 'INITIAL', status: { status: 'INITIAL', reasonCode: 'InitialHealthChecking' } },
    { health: 'HEALTHY', status: { status: 'HEALTHY' } },
    { health: 'UNHEALTHY', status: { status: 'UNHEALTHY', reasonCode: 'HealthCheckFailed' } },
  ] as const)('a target that is checked: $health', async ({ health, status }) => {
    const lattice = await openUsedGroup();
    lattice.health.set(`${TG} 10.0.0.1/8080`, health);
    expect(await lattice.call('ListTargets', GROUP)).toEqual({
      items: [{ id: '10.0.0.1', port: 8080, ...status }],
    });
  });

  test('a target that is not checked is UNAVAILABLE', async () => {
    const lattice = await openUsedGroup();
    await lattice.call('UpdateTargetGroup', { ...GROUP, healthCheck: { enabled: false } });
    expect((await lattice.call('ListTargets', GROUP)).items).toEqual([
      { id: '10.0.0.1', port: 8080, status: 'UNAVAILABLE', reasonCode: 'HealthCheckDisabled' },
    ]);
  });

  test('a target that cannot be checked is UNAVAILABLE, and removed at once', async () => {
    const { lattice, serviceIdentifier } = await openShop();
    await lattice.call('CreateTargetGroup', { name: 'function', type: 'LAMBDA' });
    await lattice.call('CreateListener', {
      serviceIdentifier,
      name: 'http',
      protocol: 'HTTP',
      defaultAction: forwardTo(TG),
    });
    const input = { ...GROUP, targets: [{ id: FUNCTION }] };
    await lattice.call('RegisterTargets', input);
    expect((await lattice.call('ListTargets', GROUP)).items).toEqual([
      { id: FUNCTION, status: 'UNAVAILABLE', reasonCode: 'HealthCheckNotSupported' },
    ]);
    await lattice.call('DeregisterTargets', input);
    expect((await lattice.call('ListTargets', GROUP)).items).toEqual([]);
  });

  test('shows the chosen targets only; without a port the group’s is meant', async () => {
    const lattice = await openGroup();
    const targets = [{ id: '10.0.0.1' }, { id: '10.0.0.1', port: 9 }, { id: '10.0.0.2' }];
    await lattice.call('RegisterTargets', { ...GROUP, targets });
    const chosen = async (targets: Input<'ListTargets'>['targets']) => {
      const { items } = await lattice.call('ListTargets', {
        ...GROUP,
        ...(targets && { targets }),
      });
      return items.map(({ id, port }) => `${id}:${port}`);
    };
    expect(await chosen([{ id: '10.0.0.1' }])).toEqual(['10.0.0.1:8080']);
    expect(await chosen([{ id: '10.0.0.1', port: 9 }])).toEqual(['10.0.0.1:9']);
    expect(await chosen([{ id: '10.0.0.3' }])).toEqual([]);
    expect(await chosen([])).toHaveLength(3);
  });

  test('pages', async () => {
    const lattice = await openGroup();
    const targets = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((id) => ({ id }));
    await lattice.call('RegisterTargets', { ...GROUP, targets });
    const first = await lattice.call('ListTargets', { ...GROUP, maxResults: 2 });
    const { nextToken = '' } = first;
    const second = await lattice.call('ListTargets', { ...GROUP, maxResults: 2, nextToken });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      targets.map(({ id }) => id),
    );
    expect(second).not.toHaveProperty('nextToken');
  });
});

describe('an instance that is known', () => {
  const INSTANCE = 'i-0123456789abcdef0';
  test.each([
    { name: 'is a target in its VPC', given: {}, message: undefined },
    {
      name: 'is none in another VPC',
      given: { vpcId: 'vpc-00000000' },
      message: 'Instance targets must be in the same VPC as their target group',
    },
    {
      name: 'is none in another account',
      given: { accountId: OTHER_ACCOUNT },
      message: 'Instance targets must be in the same VPC as their target group',
    },
    {
      name: 'is none once it was terminated',
      given: { terminatedAt: NOW.toISOString() },
      message: `Instance ${INSTANCE} is not in the state running`,
    },
  ])('$name', async ({ given, message }) => {
    const vpcIdentifier = idNumber('vpc', 1);
    const config = { protocol: 'HTTP', vpcIdentifier } as const;
    const lattice = await openGroup({ type: 'INSTANCE', config });
    const instance = BUILDERS.instance({ id: INSTANCE, vpcId: vpcIdentifier, ...given });
    await lattice.store.write((tx) => tx.insert('instance', instance));
    const targets = [{ id: INSTANCE }];
    const { unsuccessful } = await lattice.call('RegisterTargets', { ...GROUP, targets });
    expect(unsuccessful?.map(({ failureMessage }) => failureMessage)).toEqual(
      message === undefined ? [] : [message],
    );
  });
});

test('an instance of an IPv6-only subnet is a target by its address, and not by its id', async () => {
  const vpcIdentifier = idNumber('vpc', 1);
  const lattice = await openGroup({
    config: { protocol: 'HTTP', ipAddressType: 'IPV6', vpcIdentifier },
  });
  const given = { id: 'i-0123456789abcdef0', vpcId: vpcIdentifier, ipv6Address: '2600:1f13::7' };
  const { privateIpAddress: _, ...instance } = BUILDERS.instance(given);
  await lattice.store.write((tx) => tx.insert('instance', instance));
  const byAddress = { ...GROUP, targets: [{ id: given.ipv6Address }] };
  expect((await lattice.call('RegisterTargets', byAddress)).unsuccessful).toEqual([]);
  const { id: targetGroupIdentifier = '' } = await lattice.call('CreateTargetGroup', {
    ...{ name: 'by-id', type: 'INSTANCE', config: { protocol: 'HTTP', vpcIdentifier } },
  });
  const byId = { targetGroupIdentifier, targets: [{ id: given.id }] };
  expect((await lattice.call('RegisterTargets', byId)).unsuccessful).toMatchObject([
    { failureMessage: expect.stringMatching(/^Instance i-0123456789abcdef0 has no IPv4 address/) },
  ]);
});

describe('a participant of a shared VPC', () => {
  const subnet = BUILDERS.subnet({ vpcId: idNumber('vpc', 1), cidrBlock: '10.0.1.0/24' });
  const openShared = async () => {
    const settings = { sharedSubnets: { [subnet.id]: [OTHER_ACCOUNT] } };
    const lattice = await openGroup({}, { settings });
    await lattice.store.write((tx) => tx.insert('subnet', subnet));
    return lattice;
  };

  test('has target groups there, with targets in the subnets that are shared with it', async () => {
    const lattice = await openShared();
    const config = { protocol: 'HTTP', vpcIdentifier: subnet.vpcId } as const;
    const input = { name: 'theirs', type: 'IP', config } as const;
    const { id } = await lattice.call('CreateTargetGroup', input, OTHER_ACCOUNT);
    const targets = [{ id: '10.0.1.7' }, { id: '10.0.2.7' }];
    const answer = await lattice.call(
      'RegisterTargets',
      { targetGroupIdentifier: id!, targets },
      OTHER_ACCOUNT,
    );
    expect(answer.successful).toEqual([{ id: '10.0.1.7', port: 80 }]);
    expect(answer.unsuccessful).toMatchObject([
      { id: '10.0.2.7', failureCode: 'UnsupportedTarget' },
    ]);
  });

  test('cannot associate it with a service network, and others do not know it', async () => {
    const lattice = await openShared();
    const associate = async (accountId: string) => {
      const { id } = await lattice.call('CreateServiceNetwork', { name: 'own' }, accountId);
      const input = { serviceNetworkIdentifier: id!, vpcIdentifier: subnet.vpcId };
      return lattice.failure('CreateServiceNetworkVpcAssociation', input, accountId);
    };
    expect(await associate(OTHER_ACCOUNT)).toMatchObject({ code: 'AccessDeniedException' });
    expect(await associate('777788889999')).toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
