import { describe, expect, test } from 'vitest';
import { arnOf, idNumber, NOW, OTHER_ACCOUNT, openLattice } from '../lattice-fixture.ts';

const SN = idNumber('serviceNetwork', 1);
const ARN = arnOf(`servicenetwork/${SN}`);

describe('CreateServiceNetwork', () => {
  test('answers the network with its defaults', async () => {
    const lattice = await openLattice();
    expect(await lattice.call('CreateServiceNetwork', { name: 'shop' })).toEqual({
      id: SN,
      arn: ARN,
      name: 'shop',
      authType: 'NONE',
    });
  });

  test('answers what was sent, and keeps the tags', async () => {
    const lattice = await openLattice();
    const answer = await lattice.call('CreateServiceNetwork', {
      name: 'shop',
      authType: 'AWS_IAM',
      sharingConfig: { enabled: false },
      tags: { team: 'a' },
    });
    expect(answer).toMatchObject({ authType: 'AWS_IAM', sharingConfig: { enabled: false } });
    expect(await lattice.call('ListTagsForResource', { resourceArn: ARN })).toEqual({
      tags: { team: 'a' },
    });
  });

  test('refuses a name that the account has', async () => {
    const lattice = await openLattice();
    await lattice.call('CreateServiceNetwork', { name: 'shop' });
    expect(await lattice.failure('CreateServiceNetwork', { name: 'shop' })).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: 'Service network with name shop already exists.',
      members: { resourceId: SN, resourceType: 'SERVICE_NETWORK' },
    });
    expect(
      await lattice.call('CreateServiceNetwork', { name: 'shop' }, OTHER_ACCOUNT),
    ).toMatchObject({
      name: 'shop',
    });
  });

  test('refuses more than the quota, account by account', async () => {
    const lattice = await openLattice({ quotas: { serviceNetworksPerRegion: 1 } });
    await lattice.call('CreateServiceNetwork', { name: 'one' });
    expect(await lattice.failure('CreateServiceNetwork', { name: 'two' })).toMatchObject({
      code: 'ServiceQuotaExceededException',
      statusCode: 402,
      members: {
        resourceType: 'SERVICE_NETWORK',
        serviceCode: 'vpc-lattice',
        quotaCode: 'L-9CAD07FB',
      },
    });
    await lattice.call('CreateServiceNetwork', { name: 'two' }, OTHER_ACCOUNT);
  });

  test('a refused tag leaves no network behind', async () => {
    const lattice = await openLattice();
    const tags = { 'aws:mine': 'x' };
    expect(await lattice.failure('CreateServiceNetwork', { name: 'shop', tags })).toMatchObject({
      code: 'ValidationException',
      members: { reason: 'other' },
    });
    expect(await lattice.call('ListServiceNetworks', {})).toEqual({ items: [] });
  });
});

test('GetServiceNetwork counts associations, by id as by ARN', async () => {
  const lattice = await openLattice();
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  const vpc = await lattice.vpc();
  const service = await lattice.call('CreateService', { name: 'cart' });
  await lattice.call('CreateServiceNetworkVpcAssociation', {
    serviceNetworkIdentifier: SN,
    vpcIdentifier: vpc.id,
  });
  await lattice.call('CreateServiceNetworkServiceAssociation', {
    serviceNetworkIdentifier: ARN,
    serviceIdentifier: service.id ?? '',
  });
  const expected = {
    id: SN,
    arn: ARN,
    name: 'shop',
    authType: 'NONE',
    createdAt: NOW,
    lastUpdatedAt: NOW,
    numberOfAssociatedVPCs: 1,
    numberOfAssociatedServices: 1,
  };
  for (const serviceNetworkIdentifier of [SN, ARN]) {
    expect(await lattice.call('GetServiceNetwork', { serviceNetworkIdentifier })).toEqual(expected);
  }
});

test('UpdateServiceNetwork changes the auth type', async () => {
  const lattice = await openLattice();
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  lattice.now = new Date(NOW.getTime() + 1000);
  expect(
    await lattice.call('UpdateServiceNetwork', {
      serviceNetworkIdentifier: SN,
      authType: 'AWS_IAM',
    }),
  ).toEqual({ id: SN, arn: ARN, name: 'shop', authType: 'AWS_IAM' });
  expect(await lattice.call('GetServiceNetwork', { serviceNetworkIdentifier: SN })).toMatchObject({
    authType: 'AWS_IAM',
    createdAt: NOW,
    lastUpdatedAt: lattice.now,
  });
});

describe('DeleteServiceNetwork', () => {
  test('takes policies, subscriptions and tags along', async () => {
    const lattice = await openLattice();
    await lattice.call('CreateServiceNetwork', { name: 'shop', tags: { a: 'b' } });
    await lattice.call('CreateAccessLogSubscription', {
      resourceIdentifier: SN,
      destinationArn: 'arn:aws:s3:::logs',
      tags: { c: 'd' },
    });
    await lattice.call('PutAuthPolicy', {
      resourceIdentifier: SN,
      policy: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
    });
    expect(await lattice.call('DeleteServiceNetwork', { serviceNetworkIdentifier: SN })).toEqual(
      {},
    );
    const left = await lattice.store.read(async (tx) => [
      await tx.count('serviceNetwork'),
      await tx.count('accessLogSubscription'),
      await tx.count('authPolicy'),
      await tx.count('tagSet'),
    ]);
    expect(left).toEqual([0, 0, 0, 0]);
    expect(await lattice.failure('GetServiceNetwork', { serviceNetworkIdentifier: SN })).toEqual({
      code: 'ResourceNotFoundException',
      statusCode: 404,
      message: `ServiceNetwork ${SN} not found.`,
      members: { resourceId: SN, resourceType: 'SERVICE_NETWORK' },
    });
  });

  test('is refused while VPCs or services are associated', async () => {
    const lattice = await openLattice();
    await lattice.call('CreateServiceNetwork', { name: 'shop' });
    const vpc = await lattice.vpc();
    const vpcAssociation = await lattice.call('CreateServiceNetworkVpcAssociation', {
      serviceNetworkIdentifier: SN,
      vpcIdentifier: vpc.id,
    });
    const service = await lattice.call('CreateService', { name: 'cart' });
    const association = await lattice.call('CreateServiceNetworkServiceAssociation', {
      serviceNetworkIdentifier: SN,
      serviceIdentifier: service.id ?? '',
    });
    const remove = { serviceNetworkIdentifier: SN };
    expect(await lattice.failure('DeleteServiceNetwork', remove)).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: `ServiceNetwork ${SN} has VPC(s) associated`,
      members: { resourceId: SN, resourceType: 'SERVICE_NETWORK' },
    });
    await lattice.call('DeleteServiceNetworkVpcAssociation', {
      serviceNetworkVpcAssociationIdentifier: vpcAssociation.id ?? '',
    });
    expect(await lattice.failure('DeleteServiceNetwork', remove)).toMatchObject({
      code: 'ConflictException',
      message: `ServiceNetwork ${SN} has service(s) associated`,
    });
    await lattice.call('DeleteServiceNetworkServiceAssociation', {
      serviceNetworkServiceAssociationIdentifier: association.id ?? '',
    });
    await lattice.call('DeleteServiceNetwork', remove);
  });
});

describe('ListServiceNetworks', () => {
  test('pages through the caller’s networks in order of creation', async () => {
    const lattice = await openLattice();
    for (const name of ['aaa', 'bbb', 'ccc']) await lattice.call('CreateServiceNetwork', { name });
    await lattice.call('CreateServiceNetwork', { name: 'foreign' }, OTHER_ACCOUNT);
    const first = await lattice.call('ListServiceNetworks', { maxResults: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(['aaa', 'bbb']);
    const { nextToken } = first;
    expect(
      await lattice.call('ListServiceNetworks', { maxResults: 2, ...(nextToken && { nextToken }) }),
    ).toEqual({
      items: [
        {
          id: idNumber('serviceNetwork', 3),
          arn: arnOf(`servicenetwork/${idNumber('serviceNetwork', 3)}`),
          name: 'ccc',
          createdAt: NOW,
          lastUpdatedAt: NOW,
          numberOfAssociatedVPCs: 0,
          numberOfAssociatedServices: 0,
          numberOfAssociatedResourceConfigurations: 0,
        },
      ],
    });
    for (const token of ['garbage', nextToken ?? '']) {
      expect(
        await lattice.failure('ListServiceNetworks', { nextToken: token }, OTHER_ACCOUNT),
      ).toMatchObject({ code: 'ValidationException' });
    }
  });
});

describe('another account’s network', () => {
  test.each([
    { name: 'GetServiceNetwork', input: {} },
    { name: 'UpdateServiceNetwork', input: { authType: 'NONE' } },
    { name: 'DeleteServiceNetwork', input: {} },
    { name: 'ListServiceNetworkVpcEndpointAssociations', input: {} },
  ] as const)('is not there for $name', async ({ name, input }) => {
    const lattice = await openLattice();
    await lattice.call('CreateServiceNetwork', { name: 'shop' });
    for (const serviceNetworkIdentifier of [SN, ARN]) {
      const full = { ...input, serviceNetworkIdentifier } as never;
      expect(await lattice.failure(name, full, OTHER_ACCOUNT)).toMatchObject({
        code: 'ResourceNotFoundException',
        members: { resourceId: serviceNetworkIdentifier, resourceType: 'SERVICE_NETWORK' },
      });
    }
  });
});

test('no network has VPC endpoints', async () => {
  const lattice = await openLattice();
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  expect(
    await lattice.call('ListServiceNetworkVpcEndpointAssociations', {
      serviceNetworkIdentifier: ARN,
    }),
  ).toEqual({ items: [] });
});
