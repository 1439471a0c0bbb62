import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, Ec2Fixture, OTHER_ACCOUNT } from './ec2-fixture.ts';

const STRANGER = '777788889999';

/** A VPC of one account with two subnets, of which the other account may use the first. */
let ec2: Ec2Fixture;
let VpcId: string;
let shared: string;
let other: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open();
  VpcId = await ec2.vpc();
  shared = await ec2.subnet(VpcId, '10.0.1.0/24');
  other = await ec2.subnet(VpcId, '10.0.2.0/24');
  await ec2.call('CreateTags', { Resources: [VpcId, shared], Tags: [{ Key: 'a', Value: 'b' }] });
  ec2.sharedSubnets = { [shared]: [OTHER_ACCOUNT], 'subnet-00000000': [OTHER_ACCOUNT] };
  ec2.accountId = OTHER_ACCOUNT;
});
afterEach(() => ec2.store.close());

const subnetIds = async () =>
  (await ec2.call('DescribeSubnets', {})).Subnets!.map(({ SubnetId }) => SubnetId);
const vpcIds = async () => (await ec2.call('DescribeVpcs', {})).Vpcs!.map((vpc) => vpc.VpcId);

describe('a participant', () => {
  test('sees the subnets that are shared with it and their VPC, without tags', async () => {
    const { Subnets } = await ec2.call('DescribeSubnets', {});
    expect(Subnets).toMatchObject([{ SubnetId: shared, OwnerId: ACCOUNT, Tags: [] }]);
    const { Vpcs } = await ec2.call('DescribeVpcs', { VpcIds: [VpcId] });
    expect(Vpcs).toMatchObject([{ VpcId, OwnerId: ACCOUNT, Tags: [] }]);
    const Attribute = 'enableDnsSupport';
    expect(await ec2.call('DescribeVpcAttribute', { VpcId, Attribute })).toMatchObject({ VpcId });
    expect(await ec2.refusal('DescribeSubnets', { SubnetIds: [shared, other] })).toBe(
      `InvalidSubnetID.NotFound: The subnet ID '${other}' does not exist`,
    );
  });

  test('by its name, too', async () => {
    await ec2.store.write((tx) =>
      tx.insert('account', {
        ...{ id: STRANGER, accountId: STRANGER, name: 'payments' },
        ...{ createdAt: '2026-01-01T00:00:00.000Z', lastUpdatedAt: '2026-01-01T00:00:00.000Z' },
      }),
    );
    ec2.accountId = STRANGER;
    expect(await subnetIds()).toEqual([]);
    ec2.sharedSubnets = { [other]: ['payments'] };
    expect(await subnetIds()).toEqual([other]);
  });

  test('makes security groups and network interfaces there, which are its own', async () => {
    const GroupId = await ec2.group(VpcId);
    const { SecurityGroups } = await ec2.call('DescribeSecurityGroups', {});
    expect(SecurityGroups).toMatchObject([{ GroupId, OwnerId: OTHER_ACCOUNT, VpcId }]);
    const input = { SubnetId: shared, Groups: [GroupId] };
    const { NetworkInterface } = await ec2.call('CreateNetworkInterface', input);
    expect(NetworkInterface).toMatchObject({ OwnerId: OTHER_ACCOUNT, SubnetId: shared, VpcId });
    const launch = { ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1, SubnetId: shared };
    const { Instances } = await ec2.call('RunInstances', {
      ...launch,
      SecurityGroupIds: [GroupId],
    });
    expect(Instances![0]!.PrivateIpAddress).not.toBe(NetworkInterface!.PrivateIpAddress);
    // The default group is the owner's.
    expect(await ec2.refusal('CreateNetworkInterface', { SubnetId: shared })).toMatch(
      'MissingParameter: The request must contain the parameter groups',
    );
    ec2.accountId = ACCOUNT;
    expect(await ec2.refusal('DeleteSubnet', { SubnetId: shared })).toMatch('DependencyViolation');
  });

  test('has groups that rules of the owner name, with its account', async () => {
    const theirs = await ec2.group(VpcId);
    ec2.accountId = ACCOUNT;
    const GroupId = await ec2.group(VpcId, 'association');
    const allow = (pair: { GroupId: string; UserId?: string }) => ({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [pair] }],
    });
    const pair = { GroupId: theirs, UserId: OTHER_ACCOUNT };
    const { SecurityGroupRules } = await ec2.call('AuthorizeSecurityGroupIngress', allow(pair));
    expect(SecurityGroupRules).toMatchObject([{ ReferencedGroupInfo: pair }]);
    const { SecurityGroups } = await ec2.call('DescribeSecurityGroups', { GroupIds: [GroupId] });
    expect(SecurityGroups![0]!.IpPermissions).toMatchObject([{ UserIdGroupPairs: [pair] }]);
    const missing = `InvalidGroup.NotFound: The security group '${theirs}' does not exist`;
    for (const wrong of [{ GroupId: theirs }, { GroupId: theirs, UserId: STRANGER }]) {
      expect(await ec2.refusal('AuthorizeSecurityGroupIngress', allow(wrong))).toBe(missing);
    }
    await ec2.call('RevokeSecurityGroupIngress', allow(pair));
    ec2.accountId = OTHER_ACCOUNT;
    await ec2.call('DeleteSecurityGroup', { GroupId: theirs });
  });

  test.each([
    { name: 'change the subnet', call: () => ec2.refusal('DeleteSubnet', { SubnetId: shared }) },
    {
      name: 'use a subnet that is not shared',
      call: () =>
        ec2.refusal('CreateNetworkInterface', { SubnetId: other, Groups: ['sg-00000000'] }),
    },
    {
      name: 'make subnets',
      call: () => ec2.refusal('CreateSubnet', { VpcId, CidrBlock: '10.0.9.0/24' }),
    },
    { name: 'make network ACLs', call: () => ec2.refusal('CreateNetworkAcl', { VpcId }) },
    { name: 'delete the VPC', call: () => ec2.refusal('DeleteVpc', { VpcId }) },
  ])('cannot $name', async ({ call }) => {
    expect(await call()).toMatch('NotFound');
  });

  test('is nobody once the subnet is not shared any more', async () => {
    ec2.sharedSubnets = {};
    expect([await subnetIds(), await vpcIds()]).toEqual([[], []]);
    expect(await ec2.refusal('DescribeVpcs', { VpcIds: [VpcId] })).toMatch('NotFound');
  });
});

test('an owner with whom its own subnet is shared sees it once', async () => {
  ec2.accountId = ACCOUNT;
  ec2.sharedSubnets = { [shared]: [ACCOUNT] };
  expect(await subnetIds()).toEqual([shared, other]);
  expect(await vpcIds()).toEqual([VpcId]);
});
