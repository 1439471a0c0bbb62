import { beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let VpcId: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open();
  VpcId = await ec2.vpc();
});

const UNKNOWN = 'sg-00000000000000000';

describe('CreateSecurityGroup', () => {
  test('makes a group that lets everything out and nothing in', async () => {
    const answer = await ec2.call('CreateSecurityGroup', {
      VpcId,
      GroupName: 'web',
      Description: 'web servers',
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'a', Value: 'b' }] }],
    });
    const id = answer.GroupId!;
    expect(answer).toEqual({
      GroupId: expect.stringMatching(/^sg-0[0-9a-f]{16}$/),
      SecurityGroupArn: `arn:aws:ec2:us-west-2:${ACCOUNT}:security-group/${id}`,
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const { SecurityGroups } = await ec2.call('DescribeSecurityGroups', { GroupIds: [id] });
    expect(SecurityGroups).toEqual([
      {
        ...answer,
        VpcId,
        OwnerId: ACCOUNT,
        GroupName: 'web',
        Description: 'web servers',
        IpPermissions: [],
        IpPermissionsEgress: [
          {
            IpProtocol: '-1',
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
          },
        ],
      },
    ]);
  });

  test.each([
    ['without a VPC', { VpcId: undefined }, 'VPCIdNotSpecified: No default VPC for this user'],
    [
      'in an unknown VPC',
      { VpcId: 'vpc-00000000000000000' },
      "InvalidVpcID.NotFound: The vpc ID 'vpc-00000000000000000' does not exist",
    ],
    [
      'with a name like an id',
      { GroupName: 'sg-web' },
      'InvalidParameterValue: Value (sg-web) for parameter GroupName is invalid. Group names may not be in the format sg-*.',
    ],
    [
      'named default',
      { GroupName: 'default' },
      'InvalidParameterValue: Cannot use reserved security group name: default',
    ],
    [
      'with letters beyond ASCII',
      { GroupName: 'wéb' },
      'InvalidParameterValue: Invalid security group name. Valid names are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    ],
    [
      'with a description that is too long',
      { Description: 'x'.repeat(256) },
      'InvalidParameterValue: Invalid security group description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    ],
    [
      'with an empty description',
      { Description: '' },
      'MissingParameter: The request must contain the parameter groupDescription',
    ],
  ])('refuses one %s', async (_name, change, error) => {
    const { VpcId: vpc, ...input } = { VpcId, GroupName: 'web', Description: 'test', ...change };
    expect(
      await ec2.refusal('CreateSecurityGroup', {
        ...input,
        ...(vpc !== undefined && { VpcId: vpc }),
      }),
    ).toBe(error);
  });

  test('refuses a name that the VPC has, not one that another VPC has', async () => {
    await ec2.group(VpcId, 'web');
    expect(
      await ec2.refusal('CreateSecurityGroup', { VpcId, GroupName: 'web', Description: 'x' }),
    ).toBe(`InvalidGroup.Duplicate: The security group 'web' already exists for VPC '${VpcId}'`);
    await ec2.group(await ec2.vpc(), 'web');
  });

  test('refuses one more than the quota', async () => {
    ec2 = await Ec2Fixture.open({ securityGroupsPerVpc: 2 });
    const id = await ec2.vpc();
    await ec2.group(id, 'a');
    expect(
      await ec2.refusal('CreateSecurityGroup', { VpcId: id, GroupName: 'b', Description: 'x' }),
    ).toBe(
      `SecurityGroupLimitExceeded: The maximum number of security groups for VPC '${id}' has been reached.`,
    );
  });
});

describe('DeleteSecurityGroup', () => {
  test('takes rules and tags along', async () => {
    const GroupId = await ec2.group(VpcId);
    await ec2.call('CreateTags', { Resources: [GroupId], Tags: [{ Key: 'a', Value: 'b' }] });
    expect(await ec2.call('DeleteSecurityGroup', { GroupId })).toEqual({ Return: true, GroupId });
    expect(await ec2.refusal('DescribeSecurityGroups', { GroupIds: [GroupId] })).toBe(
      `InvalidGroup.NotFound: The security group '${GroupId}' does not exist`,
    );
    const rules = await ec2.call('DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [GroupId] }],
    });
    expect(rules.SecurityGroupRules).toEqual([]);
    expect((await ec2.call('DescribeTags', {})).Tags).toEqual([]);
  });

  test('refuses the default group', async () => {
    const { SecurityGroups } = await ec2.call('DescribeSecurityGroups', {});
    const id = SecurityGroups![0]!.GroupId!;
    expect(await ec2.refusal('DeleteSecurityGroup', { GroupId: id })).toBe(
      `CannotDelete: the specified group: "${id}" name: "default" cannot be deleted by a user`,
    );
  });

  test('refuses a group that another names, but not one that only names itself', async () => {
    const web = await ec2.group(VpcId, 'web');
    const db = await ec2.group(VpcId, 'db');
    const from = (GroupId: string) => [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
    await ec2.call('AuthorizeSecurityGroupIngress', { GroupId: web, IpPermissions: from(web) });
    await ec2.call('AuthorizeSecurityGroupIngress', { GroupId: db, IpPermissions: from(web) });
    expect(await ec2.refusal('DeleteSecurityGroup', { GroupId: web })).toBe(
      `DependencyViolation: resource ${web} has a dependent object`,
    );
    await ec2.call('DeleteSecurityGroup', { GroupId: db });
    await ec2.call('DeleteSecurityGroup', { GroupId: web });
  });

  test('refuses a group that a VPC association names', async () => {
    const GroupId = await ec2.group(VpcId);
    const now = new Date(0).toISOString();
    await ec2.store.write(async (tx) =>
      tx.insert('serviceNetworkVpcAssociation', {
        id: 'snva-1',
        arn: 'arn:1',
        accountId: ACCOUNT,
        createdAt: now,
        lastUpdatedAt: now,
        status: 'ACTIVE',
        serviceNetworkId: 'sn-1',
        vpcId: VpcId,
        createdBy: ACCOUNT,
        securityGroupIds: [GroupId],
        privateDnsEnabled: false,
      }),
    );
    expect(await ec2.refusal('DeleteSecurityGroup', { GroupId })).toBe(
      `DependencyViolation: resource ${GroupId} has a dependent object`,
    );
  });

  test.each([
    [
      'nothing named',
      {},
      'MissingParameter: The request must contain the parameter groupName or groupId',
    ],
    [
      'an unknown group',
      { GroupId: UNKNOWN },
      `InvalidGroup.NotFound: The security group '${UNKNOWN}' does not exist`,
    ],
    [
      'a malformed id',
      { GroupId: 'web' },
      'InvalidGroupId.Malformed: Invalid id: "web" (expecting "sg-...")',
    ],
    [
      'a name without a default VPC',
      { GroupName: 'web' },
      "InvalidGroup.NotFound: The security group 'web' does not exist in default VPC: give GroupId instead",
    ],
  ])('refuses %s', async (_name, input, error) => {
    expect(await ec2.refusal('DeleteSecurityGroup', input)).toBe(error);
  });
});

describe('DescribeSecurityGroups', () => {
  test.each([
    ['group-name', 'web', 1],
    ['group-name', '*', 2],
    ['description', 'test', 1],
    ['vpc-id', 'vpc-x', 0],
    ['ip-permission.cidr', '192.0.2.0/24', 1],
    ['ip-permission.from-port', '80', 1],
    ['ip-permission.to-port', '81', 0],
    ['ip-permission.protocol', 'tcp', 1],
    ['egress.ip-permission.cidr', '0.0.0.0/0', 2],
    ['ip-permission.user-id', ACCOUNT, 1],
    ['owner-id', OTHER_ACCOUNT, 0],
  ])('filter %s=%s finds %i', async (Name, value, count) => {
    const GroupId = await ec2.group(VpcId);
    await ec2.call('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      CidrIp: '192.0.2.0/24',
    });
    const Filters = [{ Name, Values: [value] }];
    const { SecurityGroups } = await ec2.call('DescribeSecurityGroups', { Filters });
    expect(SecurityGroups).toHaveLength(count);
  });

  test('other accounts do not see it', async () => {
    await ec2.group(VpcId);
    ec2.accountId = OTHER_ACCOUNT;
    expect((await ec2.call('DescribeSecurityGroups', {})).SecurityGroups).toEqual([]);
  });
});
