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
import type { Input } from '../shapes.ts';

const SN = idNumber('serviceNetwork', 1);
const VPC = idNumber('vpc', 1);
const SNVA = idNumber('serviceNetworkVpcAssociation', 1);
const ARN = arnOf(`servicenetworkvpcassociation/${SNVA}`);
const ENDS = { serviceNetworkIdentifier: SN, vpcIdentifier: VPC };
const ONE = { serviceNetworkVpcAssociationIdentifier: SNVA };

/** A network and a VPC with three security groups. */
const openEnds = async (options: LatticeOptions = {}) => {
  const lattice = await openLattice(options);
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  await lattice.vpc();
  const groups: string[] = [];
  for (let i = 0; i < 3; i++) groups.push((await lattice.securityGroup(VPC)).id);
  return { lattice, groups: groups as [string, string, string] };
};

test('an association is made, shown and listed, security groups in the order sent', async () => {
  const { lattice, groups } = await openEnds();
  const securityGroupIds = [groups[2], groups[0]];
  const dnsOptions = {
    privateDnsPreference: 'SPECIFIED_DOMAINS_ONLY',
    privateDnsSpecifiedDomains: ['*.example.com'],
  } as const;
  const made = {
    id: SNVA,
    arn: ARN,
    status: 'ACTIVE',
    createdBy: ACCOUNT,
    securityGroupIds,
    privateDnsEnabled: true,
    dnsOptions,
  };
  const sent = { ...ENDS, securityGroupIds, privateDnsEnabled: true, dnsOptions };
  expect(await lattice.call('CreateServiceNetworkVpcAssociation', sent)).toEqual(made);
  const shown = {
    ...made,
    vpcId: VPC,
    serviceNetworkId: SN,
    serviceNetworkName: 'shop',
    serviceNetworkArn: arnOf(`servicenetwork/${SN}`),
    createdAt: NOW,
    lastUpdatedAt: NOW,
  };
  expect(
    await lattice.call('GetServiceNetworkVpcAssociation', {
      serviceNetworkVpcAssociationIdentifier: ARN,
    }),
  ).toEqual(shown);
  const { securityGroupIds: _, ...listed } = shown;
  for (const filter of [{ vpcIdentifier: VPC }, { serviceNetworkIdentifier: SN }, ENDS]) {
    expect(await lattice.call('ListServiceNetworkVpcAssociations', filter)).toEqual({
      items: [listed],
    });
  }
});

test('an association without more has no security groups and no private DNS', async () => {
  const { lattice } = await openEnds();
  expect(await lattice.call('CreateServiceNetworkVpcAssociation', ENDS)).toEqual({
    id: SNVA,
    arn: ARN,
    status: 'ACTIVE',
    createdBy: ACCOUNT,
    securityGroupIds: [],
    privateDnsEnabled: false,
  });
});

describe('CreateServiceNetworkVpcAssociation', () => {
  test('refuses a VPC that has an association, whichever network it is with', async () => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetworkVpcAssociation', ENDS);
    const other = await lattice.call('CreateServiceNetwork', { name: 'other' });
    const input = { ...ENDS, serviceNetworkIdentifier: other.id ?? '' };
    expect(await lattice.failure('CreateServiceNetworkVpcAssociation', input)).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: 'VPC has already been associated to a service network.',
      members: { resourceId: SNVA, resourceType: 'SERVICE_NETWORK_VPC_ASSOCIATION' },
    });
  });

  const foreign = idNumber('securityGroup', 4);
  test.each<{
    name: string;
    input: Partial<Input<'CreateServiceNetworkVpcAssociation'>>;
    error: object;
  }>([
    {
      name: 'an unknown network',
      input: { serviceNetworkIdentifier: 'anything' },
      error: { code: 'ResourceNotFoundException', members: { resourceType: 'SERVICE_NETWORK' } },
    },
    {
      name: 'an unknown VPC',
      input: { vpcIdentifier: idNumber('vpc', 9) },
      error: {
        code: 'ResourceNotFoundException',
        members: { resourceId: idNumber('vpc', 9), resourceType: 'VPC' },
      },
    },
    {
      name: 'an unknown security group',
      input: { securityGroupIds: [idNumber('securityGroup', 9)] },
      error: { code: 'ResourceNotFoundException', members: { resourceType: 'SECURITY_GROUP' } },
    },
    {
      name: 'a security group of another VPC',
      input: { securityGroupIds: [foreign] },
      error: {
        code: 'ValidationException',
        message: `Security group ${foreign} does not belong to VPC ${VPC}.`,
      },
    },
    {
      name: 'a security group twice',
      input: { securityGroupIds: [idNumber('securityGroup', 1), idNumber('securityGroup', 1)] },
      error: { code: 'ValidationException' },
    },
    {
      name: 'specified domains without a preference for them',
      input: { dnsOptions: { privateDnsSpecifiedDomains: ['example.com'] } },
      error: {
        code: 'ValidationException',
        members: { fieldList: [{ name: 'dnsOptions.privateDnsSpecifiedDomains' }] },
      },
    },
    {
      name: 'a preference for specified domains without any',
      input: { dnsOptions: { privateDnsPreference: 'SPECIFIED_DOMAINS_ONLY' } },
      error: {
        code: 'ValidationException',
        members: { fieldList: [{ name: 'dnsOptions.privateDnsSpecifiedDomains' }] },
      },
    },
  ])('refuses $name', async ({ input, error }) => {
    const { lattice } = await openEnds();
    const elsewhere = await lattice.vpc();
    await lattice.securityGroup(elsewhere.id);
    expect(
      await lattice.failure('CreateServiceNetworkVpcAssociation', { ...ENDS, ...input }),
    ).toMatchObject(error);
  });

  test('refuses another account’s VPC', async () => {
    const { lattice } = await openEnds();
    const vpc = await lattice.vpc({ accountId: OTHER_ACCOUNT });
    expect(
      await lattice.failure('CreateServiceNetworkVpcAssociation', {
        ...ENDS,
        vpcIdentifier: vpc.id,
      }),
    ).toMatchObject({ code: 'ResourceNotFoundException', members: { resourceType: 'VPC' } });
  });

  test.each([
    {
      name: 'associations of the network',
      quotas: { vpcAssociationsPerServiceNetwork: 0 },
      input: {},
      quotaCode: 'L-EF6E2D62',
    },
    {
      name: 'security groups',
      quotas: { securityGroupsPerAssociation: 1 },
      input: { securityGroupIds: [idNumber('securityGroup', 1), idNumber('securityGroup', 2)] },
      quotaCode: 'L-CA6A1CC5',
    },
  ])('refuses more $name than the quota', async ({ quotas, input, quotaCode }) => {
    const { lattice } = await openEnds({ quotas });
    expect(
      await lattice.failure('CreateServiceNetworkVpcAssociation', { ...ENDS, ...input }),
    ).toMatchObject({ code: 'ServiceQuotaExceededException', members: { quotaCode } });
  });
});

describe('UpdateServiceNetworkVpcAssociation', () => {
  test('replaces the security groups, in the order sent', async () => {
    const { lattice, groups } = await openEnds();
    await lattice.call('CreateServiceNetworkVpcAssociation', {
      ...ENDS,
      securityGroupIds: [groups[0]],
    });
    lattice.now = new Date(NOW.getTime() + 1000);
    const securityGroupIds = [groups[2], groups[1]];
    expect(
      await lattice.call('UpdateServiceNetworkVpcAssociation', { ...ONE, securityGroupIds }),
    ).toEqual({
      id: SNVA,
      arn: ARN,
      status: 'ACTIVE',
      createdBy: ACCOUNT,
      securityGroupIds,
      privateDnsEnabled: false,
    });
    expect(await lattice.call('GetServiceNetworkVpcAssociation', ONE)).toMatchObject({
      securityGroupIds,
      createdAt: NOW,
      lastUpdatedAt: lattice.now,
    });
  });

  test.each<{ name: string; input: Partial<Input<'UpdateServiceNetworkVpcAssociation'>> }>([
    { name: 'an empty list', input: { securityGroupIds: [] } },
    { name: 'another private DNS', input: { privateDnsEnabled: true } },
    { name: 'other DNS options', input: { dnsOptions: { privateDnsPreference: 'ALL_DOMAINS' } } },
  ])('refuses $name', async ({ input }) => {
    const { lattice } = await openEnds();
    await lattice.call('CreateServiceNetworkVpcAssociation', ENDS);
    expect(
      await lattice.failure('UpdateServiceNetworkVpcAssociation', { ...ONE, ...input }),
    ).toMatchObject({ code: 'ValidationException' });
  });

  test('takes time when that is set, and refuses everything meanwhile', async () => {
    const { lattice, groups } = await openEnds();
    await lattice.call('CreateServiceNetworkVpcAssociation', ENDS);
    const slow = await openSlow();
    expect(slow.made.status).toBe('CREATE_IN_PROGRESS');
    for (const failure of [
      await slow.lattice.failure('UpdateServiceNetworkVpcAssociation', {
        ...ONE,
        securityGroupIds: groups,
      }),
      await slow.lattice.failure('DeleteServiceNetworkVpcAssociation', ONE),
    ]) {
      expect(failure).toEqual({
        code: 'ConflictException',
        statusCode: 409,
        message: 'Creation is in progress.',
        members: { resourceId: SNVA, resourceType: 'SERVICE_NETWORK_VPC_ASSOCIATION' },
      });
    }
  });
});

const openSlow = async () => {
  const { lattice } = await openEnds({ settings: { transitionMs: 1000 } });
  return { lattice, made: await lattice.call('CreateServiceNetworkVpcAssociation', ENDS) };
};

test('DeleteServiceNetworkVpcAssociation frees the VPC', async () => {
  const { lattice } = await openEnds();
  await lattice.call('CreateServiceNetworkVpcAssociation', { ...ENDS, tags: { a: 'b' } });
  expect(await lattice.call('DeleteServiceNetworkVpcAssociation', ONE)).toEqual({
    id: SNVA,
    arn: ARN,
    status: 'DELETE_IN_PROGRESS',
  });
  expect(await lattice.store.read((tx) => tx.count('tagSet'))).toBe(0);
  await lattice.call('CreateServiceNetworkVpcAssociation', ENDS);
});

test('ListServiceNetworkVpcAssociations needs an end', async () => {
  const { lattice } = await openEnds();
  expect(await lattice.failure('ListServiceNetworkVpcAssociations', {})).toMatchObject({
    code: 'ValidationException',
    message: 'Either serviceNetworkIdentifier or vpcIdentifier is required.',
  });
});

test('another account sees and touches nothing', async () => {
  const { lattice } = await openEnds();
  await lattice.call('CreateServiceNetworkVpcAssociation', ENDS);
  expect(
    await lattice.call('ListServiceNetworkVpcAssociations', { vpcIdentifier: VPC }, OTHER_ACCOUNT),
  ).toEqual({ items: [] });
  for (const name of [
    'GetServiceNetworkVpcAssociation',
    'UpdateServiceNetworkVpcAssociation',
    'DeleteServiceNetworkVpcAssociation',
  ] as const) {
    expect(await lattice.failure(name, ONE, OTHER_ACCOUNT)).toMatchObject({
      code: 'ResourceNotFoundException',
      members: { resourceId: SNVA, resourceType: 'SERVICE_NETWORK_VPC_ASSOCIATION' },
    });
  }
});
