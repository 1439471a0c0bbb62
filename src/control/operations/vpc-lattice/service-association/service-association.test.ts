import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  arnOf,
  idNumber,
  type LatticeOptions,
  NOW,
  OTHER_ACCOUNT,
  openLattice,
} from '../lattice-fixture.ts';

const SN = idNumber('serviceNetwork', 1);
const SVC = idNumber('service', 1);
const SNSA = idNumber('serviceNetworkServiceAssociation', 1);
const ARN = arnOf(`servicenetworkserviceassociation/${SNSA}`);
const ENDS = { serviceNetworkIdentifier: SN, serviceIdentifier: SVC };
const ONE = { serviceNetworkServiceAssociationIdentifier: SNSA };

const openEnds = async (options: LatticeOptions = {}) => {
  const lattice = await openLattice(options);
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  const service = await lattice.call('CreateService', {
    name: 'cart',
    customDomainName: 'cart.example.com',
  });
  return { lattice, service };
};

test('an association is made, shown and listed from both ends', async () => {
  const { lattice, service } = await openEnds();
  const made = {
    id: SNSA,
    arn: ARN,
    status: 'ACTIVE',
    createdBy: ACCOUNT,
    customDomainName: 'cart.example.com',
    dnsEntry: service.dnsEntry,
  };
  expect(
    await lattice.call('CreateServiceNetworkServiceAssociation', { ...ENDS, tags: { a: 'b' } }),
  ).toEqual(made);
  const shown = {
    ...made,
    createdAt: NOW,
    serviceId: SVC,
    serviceName: 'cart',
    serviceArn: arnOf(`service/${SVC}`),
    serviceNetworkId: SN,
    serviceNetworkName: 'shop',
    serviceNetworkArn: arnOf(`servicenetwork/${SN}`),
  };
  expect(
    await lattice.call('GetServiceNetworkServiceAssociation', {
      serviceNetworkServiceAssociationIdentifier: ARN,
    }),
  ).toEqual(shown);
  for (const filter of [
    { serviceIdentifier: SVC },
    { serviceNetworkIdentifier: arnOf(`servicenetwork/${SN}`) },
    ENDS,
  ]) {
    expect(await lattice.call('ListServiceNetworkServiceAssociations', filter)).toEqual({
      items: [shown],
    });
  }
  expect(await lattice.call('ListTagsForResource', { resourceArn: ARN })).toEqual({
    tags: { a: 'b' },
  });
});

describe('CreateServiceNetworkServiceAssociation', () => {
  test('refuses a pair that is associated', async () => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetworkServiceAssociation', ENDS);
    expect(await lattice.failure('CreateServiceNetworkServiceAssociation', ENDS)).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: 'Association already exists.',
      members: { resourceId: SNSA, resourceType: 'SERVICE_NETWORK_SERVICE_ASSOCIATION' },
    });
  });

  test('refuses a service that is not active yet', async () => {
    const { lattice } = await openEnds({ settings: { transitionMs: 1000 } });
    expect(await lattice.failure('CreateServiceNetworkServiceAssociation', ENDS)).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: `Invalid resource status for this operation, resource id ${SVC}, status: CREATE_IN_PROGRESS.`,
      members: { resourceId: SVC, resourceType: 'SERVICE' },
    });
  });

  test('refuses a custom domain name that another service has in the network', async () => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetworkServiceAssociation', ENDS);
    const twin = await lattice.call('CreateService', {
      name: 'twin',
      customDomainName: 'CART.example.com',
    });
    const input = { ...ENDS, serviceIdentifier: twin.id ?? '' };
    expect(await lattice.failure('CreateServiceNetworkServiceAssociation', input)).toMatchObject({
      code: 'ConflictException',
      members: { resourceId: SVC, resourceType: 'SERVICE' },
    });
    const other = await lattice.call('CreateServiceNetwork', { name: 'other' });
    await lattice.call('CreateServiceNetworkServiceAssociation', {
      ...input,
      serviceNetworkIdentifier: other.id ?? '',
    });
  });

  test('refuses more than the quota', async () => {
    const { lattice } = await openEnds({ quotas: { serviceAssociationsPerServiceNetwork: 0 } });
    expect(await lattice.failure('CreateServiceNetworkServiceAssociation', ENDS)).toMatchObject({
      code: 'ServiceQuotaExceededException',
      members: { quotaCode: 'L-75D4A19E', resourceId: SN },
    });
  });

  test.each([
    { end: { serviceIdentifier: idNumber('service', 9) }, type: 'SERVICE' },
    { end: { serviceNetworkIdentifier: idNumber('serviceNetwork', 9) }, type: 'SERVICE_NETWORK' },
  ])('refuses an unknown $type', async ({ end, type }) => {
    const { lattice } = await openEnds();
    expect(
      await lattice.failure('CreateServiceNetworkServiceAssociation', { ...ENDS, ...end }),
    ).toMatchObject({ code: 'ResourceNotFoundException', members: { resourceType: type } });
  });
});

describe('DeleteServiceNetworkServiceAssociation', () => {
  test('takes the tags along', async () => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetworkServiceAssociation', { ...ENDS, tags: { a: 'b' } });
    expect(await lattice.call('DeleteServiceNetworkServiceAssociation', ONE)).toEqual({
      id: SNSA,
      arn: ARN,
      status: 'DELETE_IN_PROGRESS',
    });
    expect(await lattice.store.read((tx) => tx.count('tagSet'))).toBe(0);
    for (const name of [
      'GetServiceNetworkServiceAssociation',
      'DeleteServiceNetworkServiceAssociation',
    ] as const) {
      expect(await lattice.failure(name, ONE)).toMatchObject({
        code: 'ResourceNotFoundException',
        members: { resourceId: SNSA, resourceType: 'SERVICE_NETWORK_SERVICE_ASSOCIATION' },
      });
    }
  });

  test('is refused while the association is being made', async () => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetworkServiceAssociation', ENDS);
    await lattice.store.write(async (tx) => {
      const one = await tx.get('serviceNetworkServiceAssociation', SNSA);
      if (one === undefined) throw new Error('no association');
      await tx.update('serviceNetworkServiceAssociation', { ...one, status: 'CREATE_IN_PROGRESS' });
    });
    expect(await lattice.failure('DeleteServiceNetworkServiceAssociation', ONE)).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: 'Creation is in progress.',
      members: { resourceId: SNSA, resourceType: 'SERVICE_NETWORK_SERVICE_ASSOCIATION' },
    });
  });
});

describe('ListServiceNetworkServiceAssociations', () => {
  test('needs an end', async () => {
    const { lattice } = await openEnds();
    expect(await lattice.failure('ListServiceNetworkServiceAssociations', {})).toEqual({
      code: 'ValidationException',
      statusCode: 400,
      message: 'Either serviceIdentifier or serviceNetworkIdentifier is required.',
      members: { reason: 'other' },
    });
  });

  test.each([
    { name: 'an unknown service', filter: { serviceIdentifier: idNumber('service', 9) } },
    {
      name: 'a network that the service is not in',
      filter: { ...ENDS, serviceNetworkIdentifier: idNumber('serviceNetwork', 2) },
    },
  ])('shows nothing for $name', async ({ filter }) => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetwork', { name: 'other' });
    await lattice.call('CreateServiceNetworkServiceAssociation', ENDS);
    expect(await lattice.call('ListServiceNetworkServiceAssociations', filter)).toEqual({
      items: [],
    });
  });

  test('shows nothing to other accounts', async () => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetworkServiceAssociation', ENDS);
    const filter = { serviceIdentifier: arnOf(`service/${SVC}`) };
    expect(
      await lattice.call('ListServiceNetworkServiceAssociations', filter, OTHER_ACCOUNT),
    ).toEqual({ items: [] });
    expect(
      await lattice.failure('GetServiceNetworkServiceAssociation', ONE, OTHER_ACCOUNT),
    ).toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
