import { describe, expect, test } from 'vitest';
import {
  arnOf,
  forwardTo,
  idNumber,
  NOW,
  OTHER_ACCOUNT,
  openLattice,
  openShop,
} from '../lattice-fixture.ts';
import type { Input } from '../shapes.ts';

type Sent = Input<'CreateTargetGroup'>;

const TG = idNumber('targetGroup', 1);
const ARN = arnOf(`targetgroup/${TG}`);
const VPC = idNumber('vpc', 1);
const CHECK = {
  enabled: true,
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  path: '/',
  healthCheckIntervalSeconds: 30,
  healthCheckTimeoutSeconds: 5,
  healthyThresholdCount: 5,
  unhealthyThresholdCount: 2,
  matcher: { httpCode: '200' },
} as const;

const openVpc = async () => {
  const lattice = await openLattice();
  await lattice.vpc();
  return lattice;
};

const ip = (config: Sent['config'] = {}): Sent => ({
  name: 'carts',
  type: 'IP',
  config: { protocol: 'HTTP', vpcIdentifier: VPC, ...config },
});

describe('CreateTargetGroup fills in what the type has by default', () => {
  test.each<{ name: string; sent: Sent; config: object }>([
    {
      name: 'IP over HTTP',
      sent: ip(),
      config: {
        port: 80,
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        ipAddressType: 'IPV4',
        vpcIdentifier: VPC,
        healthCheck: CHECK,
      },
    },
    {
      name: 'IP over HTTPS, IPv6',
      sent: ip({ protocol: 'HTTPS', ipAddressType: 'IPV6' }),
      config: {
        port: 443,
        protocol: 'HTTPS',
        protocolVersion: 'HTTP1',
        ipAddressType: 'IPV6',
        vpcIdentifier: VPC,
        healthCheck: CHECK,
      },
    },
    {
      name: 'HTTP2, which is not checked',
      sent: ip({ protocolVersion: 'HTTP2' }),
      config: {
        port: 80,
        protocol: 'HTTP',
        protocolVersion: 'HTTP2',
        ipAddressType: 'IPV4',
        vpcIdentifier: VPC,
        healthCheck: { ...CHECK, enabled: false, protocolVersion: 'HTTP2' },
      },
    },
    {
      name: 'GRPC, which is not checked either',
      sent: ip({ protocolVersion: 'GRPC' }),
      config: {
        port: 80,
        protocol: 'HTTP',
        protocolVersion: 'GRPC',
        ipAddressType: 'IPV4',
        vpcIdentifier: VPC,
        healthCheck: { ...CHECK, enabled: false },
      },
    },
    {
      name: 'TCP, of which nothing more is known',
      sent: ip({ protocol: 'TCP', port: 9000 }),
      config: {
        port: 9000,
        protocol: 'TCP',
        ipAddressType: 'IPV4',
        vpcIdentifier: VPC,
        healthCheck: { enabled: false },
      },
    },
    {
      name: 'TCP with a complete health check',
      sent: ip({
        protocol: 'TCP',
        port: 9000,
        healthCheck: { enabled: true, protocol: 'HTTPS', protocolVersion: 'HTTP1' },
      }),
      config: {
        port: 9000,
        protocol: 'TCP',
        ipAddressType: 'IPV4',
        vpcIdentifier: VPC,
        healthCheck: { ...CHECK, protocol: 'HTTPS' },
      },
    },
    {
      name: 'INSTANCE, without an IP address type',
      sent: { ...ip({ port: 8080 }), type: 'INSTANCE' },
      config: {
        port: 8080,
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        vpcIdentifier: VPC,
        healthCheck: CHECK,
      },
    },
    {
      name: 'ALB, without a health check',
      sent: { ...ip({ port: 80 }), type: 'ALB' },
      config: { port: 80, protocol: 'HTTP', protocolVersion: 'HTTP1', vpcIdentifier: VPC },
    },
    {
      name: 'LAMBDA without a configuration',
      sent: { name: 'carts', type: 'LAMBDA' },
      config: { lambdaEventStructureVersion: 'V1' },
    },
    {
      name: 'LAMBDA with events in V2',
      sent: { name: 'carts', type: 'LAMBDA', config: { lambdaEventStructureVersion: 'V2' } },
      config: { lambdaEventStructureVersion: 'V2' },
    },
  ])('$name', async ({ sent, config }) => {
    const lattice = await openVpc();
    const answer = await lattice.call('CreateTargetGroup', sent);
    expect(answer).toStrictEqual({
      id: TG,
      arn: ARN,
      name: 'carts',
      type: sent.type,
      status: 'ACTIVE',
      config,
    });
  });
});

test('a health check is answered as sent; 0 and empty strings ask for the default', async () => {
  const lattice = await openVpc();
  const full = {
    enabled: false,
    protocol: 'HTTPS',
    protocolVersion: 'HTTP2',
    port: 9,
    path: '/up?x=1',
    healthCheckIntervalSeconds: 5,
    healthCheckTimeoutSeconds: 120,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 10,
    matcher: { httpCode: '200,204-299,499' },
  } as const;
  const answer = await lattice.call('CreateTargetGroup', ip({ healthCheck: full }));
  expect(answer.config?.healthCheck).toStrictEqual(full);
  const emptied = {
    port: 0,
    path: '',
    healthCheckIntervalSeconds: 0,
    healthCheckTimeoutSeconds: 0,
    healthyThresholdCount: 0,
    unhealthyThresholdCount: 0,
    matcher: { httpCode: '' },
  };
  const second = { ...ip({ healthCheck: emptied }), name: 'second' };
  expect((await lattice.call('CreateTargetGroup', second)).config?.healthCheck).toStrictEqual(
    CHECK,
  );
});

describe('CreateTargetGroup refuses', () => {
  const field = (name: string) => ({
    code: 'ValidationException',
    members: { reason: 'fieldValidationFailed', fieldList: [{ name }] },
  });
  test.each<{ name: string; sent: Sent; error: object }>([
    {
      name: 'no protocol',
      sent: { ...ip(), config: { vpcIdentifier: VPC } },
      error: field('config.protocol'),
    },
    {
      name: 'no VPC',
      sent: { ...ip(), config: { protocol: 'HTTP' } },
      error: field('config.vpcIdentifier'),
    },
    { name: 'TCP without a port', sent: ip({ protocol: 'TCP' }), error: field('config.port') },
    {
      name: 'TCP with a protocol version',
      sent: ip({ protocol: 'TCP', port: 1, protocolVersion: 'HTTP1' }),
      error: field('config.protocolVersion'),
    },
    {
      name: 'an ALB over HTTP2',
      sent: { ...ip({ protocolVersion: 'HTTP2' }), type: 'ALB' },
      error: field('config.protocolVersion'),
    },
    {
      name: 'an IP address type for instances',
      sent: { ...ip({ ipAddressType: 'IPV4' }), type: 'INSTANCE' },
      error: field('config.ipAddressType'),
    },
    {
      name: 'a Lambda event version for addresses',
      sent: ip({ lambdaEventStructureVersion: 'V1' }),
      error: field('config.lambdaEventStructureVersion'),
    },
    {
      name: 'a port for functions',
      sent: { name: 'carts', type: 'LAMBDA', config: { port: 80 } },
      error: field('config.port'),
    },
    {
      name: 'a health check for an ALB',
      sent: { ...ip({ healthCheck: { enabled: true } }), type: 'ALB' },
      error: {
        code: 'ValidationException',
        message: 'ALB Target Group does not support health check config',
      },
    },
    {
      name: 'a health check for functions',
      sent: { name: 'carts', type: 'LAMBDA', config: { healthCheck: { enabled: true } } },
      error: {
        code: 'ValidationException',
        message: 'LAMBDA Target Group does not support health check config',
      },
    },
    {
      name: 'an incomplete health check over TCP',
      sent: ip({ protocol: 'TCP', port: 1, healthCheck: { enabled: true } }),
      error: {
        code: 'ValidationException',
        message: 'Health checks of a TCP target group need a protocol and a protocolVersion.',
      },
    },
    {
      name: 'a health check over GRPC that does not say its version',
      sent: ip({ protocolVersion: 'GRPC', healthCheck: { enabled: true } }),
      error: {
        code: 'ValidationException',
        message: 'Health checks of a GRPC target group need a protocolVersion, HTTP1 or HTTP2.',
      },
    },
    {
      name: 'a VPC that does not exist',
      sent: ip({ vpcIdentifier: idNumber('vpc', 9) }),
      error: {
        code: 'ResourceNotFoundException',
        statusCode: 404,
        members: { resourceId: idNumber('vpc', 9), resourceType: 'VPC' },
      },
    },
    {
      name: 'TCP as the protocol of a health check',
      sent: ip({ healthCheck: { protocol: 'TCP' } }),
      error: field('healthCheck.protocol'),
    },
    ...[
      { healthCheckIntervalSeconds: 4 },
      { healthyThresholdCount: 1 },
      { unhealthyThresholdCount: 1 },
    ].map((healthCheck) => ({
      name: JSON.stringify(healthCheck),
      sent: ip({ healthCheck }),
      error: field(`healthCheck.${Object.keys(healthCheck)[0]}`),
    })),
    ...['100', '500', '299-200', '200,', '200-', '20', '200-299-300'].map((httpCode) => ({
      name: `the success codes ${httpCode}`,
      sent: ip({ healthCheck: { matcher: { httpCode } } }),
      error: field('healthCheck.matcher.httpCode'),
    })),
  ])('$name', async ({ sent, error }) => {
    const lattice = await openVpc();
    expect(await lattice.failure('CreateTargetGroup', sent)).toMatchObject(error);
  });

  test('a name that the account has', async () => {
    const lattice = await openVpc();
    await lattice.call('CreateTargetGroup', ip());
    expect(await lattice.failure('CreateTargetGroup', ip())).toMatchObject({
      code: 'ConflictException',
      message: 'Target group with name carts already exists.',
      members: { resourceId: TG, resourceType: 'TARGET_GROUP' },
    });
  });

  test('another account’s VPC', async () => {
    const lattice = await openVpc();
    expect(await lattice.failure('CreateTargetGroup', ip(), OTHER_ACCOUNT)).toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('more than the quota', async () => {
    const lattice = await openLattice({ quotas: { targetGroupsPerRegion: 0 } });
    await lattice.vpc();
    expect(await lattice.failure('CreateTargetGroup', ip())).toMatchObject({
      code: 'ServiceQuotaExceededException',
      members: { quotaCode: 'L-BB11C6B9', resourceType: 'TARGET_GROUP' },
    });
  });
});

test('GetTargetGroup says which service uses the group', async () => {
  const { lattice, serviceIdentifier, targetGroup } = await openShop();
  const group = await targetGroup('carts');
  const { serviceArns, ...before } = await lattice.call('GetTargetGroup', {
    targetGroupIdentifier: ARN,
  });
  expect(serviceArns).toEqual([]);
  expect(before).toMatchObject({ id: group, createdAt: NOW, lastUpdatedAt: NOW });
  await lattice.call('CreateListener', {
    serviceIdentifier,
    name: 'http',
    protocol: 'HTTP',
    defaultAction: forwardTo(group),
  });
  expect(await lattice.call('GetTargetGroup', { targetGroupIdentifier: group })).toEqual({
    ...before,
    serviceArns: [arnOf(`service/${serviceIdentifier}`)],
  });
});

describe('UpdateTargetGroup', () => {
  test('changes what is sent of the health check and keeps the rest', async () => {
    const lattice = await openVpc();
    await lattice.call('CreateTargetGroup', ip({ healthCheck: { port: 9, path: '/up' } }));
    const update = (healthCheck: Input<'UpdateTargetGroup'>['healthCheck']) =>
      lattice.call('UpdateTargetGroup', { targetGroupIdentifier: TG, healthCheck });
    expect(await update({ enabled: false, healthCheckIntervalSeconds: 7 })).toMatchObject({
      id: TG,
      arn: ARN,
      name: 'carts',
      type: 'IP',
      status: 'ACTIVE',
    });
    const changed = await update({ port: 0, path: '' });
    expect(changed.config?.healthCheck).toStrictEqual({
      ...CHECK,
      enabled: false,
      healthCheckIntervalSeconds: 7,
    });
  });

  test('turns on the health checks of a GRPC group only if told their version', async () => {
    const lattice = await openVpc();
    await lattice.call('CreateTargetGroup', ip({ protocolVersion: 'GRPC' }));
    const update = (healthCheck: Input<'UpdateTargetGroup'>['healthCheck']) => ({
      targetGroupIdentifier: TG,
      healthCheck,
    });
    expect(await lattice.failure('UpdateTargetGroup', update({ enabled: true }))).toMatchObject({
      code: 'ValidationException',
      message: 'Health checks of a GRPC target group need a protocolVersion, HTTP1 or HTTP2.',
    });
    const on = update({ enabled: true, protocolVersion: 'HTTP2' });
    expect((await lattice.call('UpdateTargetGroup', on)).config?.healthCheck).toMatchObject({
      enabled: true,
      protocolVersion: 'HTTP2',
    });
    // It is on already, and what was said stays.
    const moved = await lattice.call('UpdateTargetGroup', update({ enabled: true, path: '/up' }));
    expect(moved.config?.healthCheck).toMatchObject({ protocolVersion: 'HTTP2', path: '/up' });
  });

  test.each(['ALB', 'LAMBDA'] as const)('is refused for %s', async (type) => {
    const lattice = await openVpc();
    const sent: Sent = type === 'ALB' ? { ...ip(), type } : { name: 'carts', type };
    await lattice.call('CreateTargetGroup', sent);
    expect(
      await lattice.failure('UpdateTargetGroup', { targetGroupIdentifier: TG, healthCheck: {} }),
    ).toMatchObject({
      code: 'ValidationException',
      message: `${type} Target Group does not support health check config`,
    });
  });

  test('refuses what create refuses', async () => {
    const lattice = await openVpc();
    await lattice.call('CreateTargetGroup', ip());
    const healthCheck = { matcher: { httpCode: '600' } };
    expect(
      await lattice.failure('UpdateTargetGroup', { targetGroupIdentifier: TG, healthCheck }),
    ).toMatchObject({ code: 'ValidationException' });
  });
});

describe('DeleteTargetGroup', () => {
  test('takes the tags along and frees the name', async () => {
    const lattice = await openVpc();
    await lattice.call('CreateTargetGroup', { ...ip(), tags: { a: 'b' } });
    expect(await lattice.call('DeleteTargetGroup', { targetGroupIdentifier: ARN })).toEqual({
      id: TG,
      arn: ARN,
      status: 'DELETE_IN_PROGRESS',
    });
    expect(await lattice.store.read((tx) => tx.count('tagSet'))).toBe(0);
    await lattice.call('CreateTargetGroup', ip());
  });

  test('is refused while a rule refers to the group', async () => {
    const { lattice, serviceIdentifier, targetGroup } = await openShop();
    await lattice.call('CreateListener', {
      serviceIdentifier,
      name: 'http',
      protocol: 'HTTP',
      defaultAction: forwardTo(await targetGroup('carts')),
    });
    expect(await lattice.failure('DeleteTargetGroup', { targetGroupIdentifier: TG })).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: `Target group ${TG} is in use by service ${serviceIdentifier}.`,
      members: { resourceId: TG, resourceType: 'TARGET_GROUP' },
    });
  });

  test('is refused while it has targets', async () => {
    const lattice = await openVpc();
    await lattice.call('CreateTargetGroup', ip());
    const targets = [{ id: '10.0.0.1' }];
    await lattice.call('RegisterTargets', { targetGroupIdentifier: TG, targets });
    expect(await lattice.failure('DeleteTargetGroup', { targetGroupIdentifier: TG })).toMatchObject(
      { code: 'ConflictException' },
    );
    await lattice.call('DeregisterTargets', { targetGroupIdentifier: TG, targets });
    await lattice.call('DeleteTargetGroup', { targetGroupIdentifier: TG });
  });

  test('is refused while the group is being made', async () => {
    const lattice = await openLattice({ settings: { transitionMs: 1000 } });
    await lattice.vpc();
    await lattice.call('CreateTargetGroup', ip());
    const path = { targetGroupIdentifier: TG };
    for (const failure of [
      await lattice.failure('DeleteTargetGroup', path),
      await lattice.failure('UpdateTargetGroup', { ...path, healthCheck: {} }),
      await lattice.failure('DeregisterTargets', { ...path, targets: [{ id: '10.0.0.1' }] }),
    ]) {
      expect(failure).toMatchObject({
        code: 'ConflictException',
        message: `Invalid resource status for this operation, resource id ${TG}, status: CREATE_IN_PROGRESS.`,
      });
    }
  });
});

describe('ListTargetGroups', () => {
  test('shows summaries, chosen by VPC and type', async () => {
    const lattice = await openVpc();
    const other = await lattice.vpc();
    await lattice.call('CreateTargetGroup', ip());
    await lattice.call('CreateTargetGroup', { ...ip(), name: 'instances', type: 'INSTANCE' });
    await lattice.call('CreateTargetGroup', { name: 'function', type: 'LAMBDA' });
    await lattice.call('CreateTargetGroup', {
      ...ip({ vpcIdentifier: other.id }),
      name: 'elsewhere',
    });
    const names = async (input: Input<'ListTargetGroups'>) =>
      (await lattice.call('ListTargetGroups', input)).items?.map(({ name }) => name);
    expect(await names({})).toEqual(['carts', 'instances', 'function', 'elsewhere']);
    expect(await names({ vpcIdentifier: VPC })).toEqual(['carts', 'instances']);
    expect(await lattice.call('ListTargetGroups', { vpcIdentifier: VPC }, OTHER_ACCOUNT)).toEqual({
      items: [],
    });
    expect(await names({ vpcIdentifier: VPC, targetGroupType: 'INSTANCE' })).toEqual(['instances']);
    const { items } = await lattice.call('ListTargetGroups', { targetGroupType: 'LAMBDA' });
    expect(items).toEqual([
      {
        id: idNumber('targetGroup', 3),
        arn: arnOf(`targetgroup/${idNumber('targetGroup', 3)}`),
        name: 'function',
        type: 'LAMBDA',
        status: 'ACTIVE',
        lambdaEventStructureVersion: 'V1',
        serviceArns: [],
        createdAt: NOW,
        lastUpdatedAt: NOW,
      },
    ]);
  });

  test('a token belongs to its filter', async () => {
    const lattice = await openVpc();
    await lattice.call('CreateTargetGroup', ip());
    await lattice.call('CreateTargetGroup', { ...ip(), name: 'second' });
    const { nextToken = '' } = await lattice.call('ListTargetGroups', { maxResults: 1 });
    expect(
      await lattice.failure('ListTargetGroups', { nextToken, vpcIdentifier: VPC }),
    ).toMatchObject({
      code: 'ValidationException',
      message: 'The nextToken is invalid. Start again without it.',
    });
    const second = await lattice.call('ListTargetGroups', { nextToken });
    expect(second.items?.map(({ name }) => name)).toEqual(['second']);
  });
});

test.each([
  { name: 'GetTargetGroup', more: {} },
  { name: 'UpdateTargetGroup', more: { healthCheck: {} } },
  { name: 'DeleteTargetGroup', more: {} },
  { name: 'ListTargets', more: {} },
  { name: 'RegisterTargets', more: { targets: [{ id: '10.0.0.1' }] } },
  { name: 'DeregisterTargets', more: { targets: [{ id: '10.0.0.1' }] } },
] as const)('another account’s target group is not there for $name', async ({ name, more }) => {
  const lattice = await openVpc();
  await lattice.call('CreateTargetGroup', ip());
  for (const targetGroupIdentifier of [TG, ARN]) {
    const input = { targetGroupIdentifier, ...more } as never;
    expect(await lattice.failure(name, input, OTHER_ACCOUNT)).toMatchObject({
      code: 'ResourceNotFoundException',
      members: { resourceId: targetGroupIdentifier, resourceType: 'TARGET_GROUP' },
    });
  }
});
