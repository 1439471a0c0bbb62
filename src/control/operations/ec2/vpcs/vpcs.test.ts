import { beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open();
});

const UNKNOWN = 'vpc-00000000000000000';

describe('CreateVpc', () => {
  test('answers the whole VPC and DescribeVpcs answers the same', async () => {
    const { Vpc } = await ec2.call('CreateVpc', {
      CidrBlock: '10.1.0.0/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'shop' }] }],
    });
    const id = Vpc!.VpcId!;
    expect(Vpc).toEqual({
      OwnerId: ACCOUNT,
      InstanceTenancy: 'default',
      Ipv6CidrBlockAssociationSet: [],
      CidrBlockAssociationSet: [
        {
          AssociationId: expect.stringMatching(/^vpc-cidr-assoc-0[0-9a-f]{16}$/),
          CidrBlock: '10.1.0.0/16',
          CidrBlockState: { State: 'associated' },
        },
      ],
      IsDefault: false,
      Tags: [{ Key: 'Name', Value: 'shop' }],
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
      VpcId: expect.stringMatching(/^vpc-0[0-9a-f]{16}$/),
      State: 'available',
      CidrBlock: '10.1.0.0/16',
      DhcpOptionsId: expect.stringMatching(/^dopt-0[0-9a-f]{16}$/),
    });
    const { Vpcs } = await ec2.call('DescribeVpcs', { VpcIds: [id] });
    expect(Vpcs).toEqual([Vpc]);
  });

  test('comes with a default group, main route table and network ACL', async () => {
    const id = await ec2.vpc();
    const ofVpc = [{ Name: 'vpc-id', Values: [id] }];
    const { SecurityGroups } = await ec2.call('DescribeSecurityGroups', {
      Filters: [...ofVpc, { Name: 'group-name', Values: ['default'] }],
    });
    const [group] = SecurityGroups!;
    expect(SecurityGroups).toHaveLength(1);
    expect(group).toMatchObject({
      Description: 'default VPC security group',
      IpPermissions: [
        { IpProtocol: '-1', UserIdGroupPairs: [{ UserId: ACCOUNT, GroupId: group!.GroupId }] },
      ],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
    const tables = await ec2.call('DescribeRouteTables', {
      Filters: [...ofVpc, { Name: 'association.main', Values: ['true'] }],
    });
    expect(tables.RouteTables).toHaveLength(1);
    expect(tables.RouteTables![0]!.Routes).toEqual([
      {
        DestinationCidrBlock: '10.0.0.0/16',
        GatewayId: 'local',
        Origin: 'CreateRouteTable',
        State: 'active',
      },
    ]);
    const acls = await ec2.call('DescribeNetworkAcls', {
      Filters: [...ofVpc, { Name: 'default', Values: ['true'] }],
    });
    expect(acls.NetworkAcls).toHaveLength(1);
  });

  test('derived ids stay the same from call to call', async () => {
    await ec2.vpc();
    const first = await ec2.call('DescribeRouteTables', {});
    expect(await ec2.call('DescribeRouteTables', {})).toEqual(first);
  });

  test('clears host bits, and two VPCs may overlap', async () => {
    await ec2.vpc('100.68.0.18/18');
    const id = await ec2.vpc('100.68.0.0/18');
    const { Vpcs } = await ec2.call('DescribeVpcs', {});
    expect(Vpcs!.map(({ CidrBlock }) => CidrBlock)).toEqual(['100.68.0.0/18', '100.68.0.0/18']);
    expect(Vpcs!.at(-1)!.VpcId).toBe(id);
  });

  test('an IPv6 block is a /56 of its own, and the group may send to it', async () => {
    const id = await ec2.vpc('10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true });
    const { Vpcs } = await ec2.call('DescribeVpcs', { VpcIds: [id] });
    const [association] = Vpcs![0]!.Ipv6CidrBlockAssociationSet!;
    expect(association!.Ipv6CidrBlock).toMatch(/^fd[89a-f][0-9a-f]:[0-9a-f:]+::\/56$/);
    const { SecurityGroups } = await ec2.call('DescribeSecurityGroups', {});
    expect(SecurityGroups![0]!.IpPermissionsEgress![0]!.Ipv6Ranges).toEqual([{ CidrIpv6: '::/0' }]);
  });

  test.each([
    {
      name: 'no block',
      input: {},
      error: "MissingParameter: Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.",
    },
    {
      name: 'a block that is none',
      input: { CidrBlock: '10.0.0.0' },
      error:
        'InvalidParameterValue: Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
    },
    {
      name: 'an IPv6 block',
      input: { CidrBlock: 'fd00::/56' },
      error:
        'InvalidParameterValue: Value (fd00::/56) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
    },
    {
      name: 'a block that is too large',
      input: { CidrBlock: '10.0.0.0/15' },
      error: "InvalidVpc.Range: The CIDR '10.0.0.0/15' is invalid.",
    },
    {
      name: 'a block that is too small',
      input: { CidrBlock: '10.0.0.0/29' },
      error: "InvalidVpc.Range: The CIDR '10.0.0.0/29' is invalid.",
    },
    {
      name: 'loopback addresses',
      input: { CidrBlock: '127.0.0.0/16' },
      error: "InvalidVpc.Range: The CIDR '127.0.0.0/16' is invalid.",
    },
    {
      name: 'tags for something else',
      input: {
        CidrBlock: '10.0.0.0/16',
        TagSpecifications: [{ ResourceType: 'subnet' as const, Tags: [{ Key: 'a', Value: 'b' }] }],
      },
      error:
        "InvalidParameterValue: 'subnet' is not a valid taggable resource type for this operation.",
    },
    {
      name: 'an address pool',
      input: { Ipv4IpamPoolId: 'ipam-pool-1', Ipv4NetmaskLength: 24 },
      error:
        'UnsupportedOperation: Ipv4IpamPoolId is not built in this version of Pergola: give CidrBlock instead',
    },
    {
      name: 'a dry run that would work',
      input: { CidrBlock: '10.0.0.0/16', DryRun: true },
      error: 'DryRunOperation: Request would have succeeded, but DryRun flag is set.',
    },
    {
      name: 'a dry run that would not',
      input: { CidrBlock: '10.0.0.0/8', DryRun: true },
      error: "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
    },
  ])('refuses $name', async ({ input, error }) => {
    expect(await ec2.refusal('CreateVpc', input)).toBe(error);
  });

  test('refuses one more than the quota', async () => {
    ec2 = await Ec2Fixture.open({ vpcsPerRegion: 1 });
    await ec2.vpc();
    expect(await ec2.refusal('CreateVpc', { CidrBlock: '10.0.0.0/16' })).toBe(
      'VpcLimitExceeded: The maximum number of VPCs has been reached.',
    );
    ec2.accountId = OTHER_ACCOUNT;
    await ec2.vpc();
  });
});

describe('DescribeVpcs', () => {
  test.each([
    [{ Name: 'cidr', Values: ['10.2.0.0/16'] }, ['10.2.0.0/16']],
    [{ Name: 'cidr', Values: ['10.2.*', '10.1.*'] }, ['10.1.0.0/16', '10.2.0.0/16']],
    [{ Name: 'tag:Name', Values: ['sh?p'] }, ['10.1.0.0/16']],
    [{ Name: 'tag-key', Values: ['team'] }, ['10.2.0.0/16']],
    [{ Name: 'isDefault', Values: ['true'] }, []],
    [{ Name: 'is-default', Values: ['false'] }, ['10.1.0.0/16', '10.2.0.0/16']],
    [{ Name: 'owner-id', Values: [ACCOUNT] }, ['10.1.0.0/16', '10.2.0.0/16']],
    [{ Name: 'state', Values: ['pending'] }, []],
    [{ Name: 'vpc-id', Values: ['vpc-*'] }, ['10.1.0.0/16', '10.2.0.0/16']],
  ])('filter %j finds %j', async (filter, expected) => {
    const first = await ec2.vpc('10.1.0.0/16');
    const second = await ec2.vpc('10.2.0.0/16');
    await ec2.call('CreateTags', { Resources: [first], Tags: [{ Key: 'Name', Value: 'shop' }] });
    await ec2.call('CreateTags', { Resources: [second], Tags: [{ Key: 'team', Value: '' }] });
    const { Vpcs } = await ec2.call('DescribeVpcs', { Filters: [filter] });
    expect(Vpcs!.map(({ CidrBlock }) => CidrBlock)).toEqual(expected);
  });

  test.each([
    [
      'an unknown filter',
      { Filters: [{ Name: 'colour', Values: ['red'] }] },
      "InvalidParameterValue: The filter 'colour' is invalid",
    ],
    [
      'an unknown id',
      { VpcIds: [UNKNOWN] },
      `InvalidVpcID.NotFound: The vpc ID '${UNKNOWN}' does not exist`,
    ],
    [
      'two unknown ids',
      { VpcIds: [UNKNOWN, 'vpc-00000001'] },
      `InvalidVpcID.NotFound: The vpc IDs '${UNKNOWN}, vpc-00000001' do not exist`,
    ],
    [
      'an id of another kind',
      { VpcIds: ['shop'] },
      'InvalidVpcID.Malformed: Invalid id: "shop" (expecting "vpc-...")',
    ],
    [
      'an id that is too short',
      { VpcIds: ['vpc-1'] },
      'InvalidVpcID.Malformed: Invalid id: "vpc-1"',
    ],
    [
      'a page that is too small',
      { MaxResults: 1 },
      'InvalidParameterValue: Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
    ],
    [
      'a foreign token',
      { NextToken: 'abc' },
      'InvalidParameterValue: Unable to parse pagination token',
    ],
    [
      'too many filter values',
      { Filters: [{ Name: 'cidr', Values: new Array<string>(201).fill('x') }] },
      'FilterLimitExceeded: The maximum number of filter values specified on a single call is 200',
    ],
  ])('refuses %s', async (_name, input, error) => {
    expect(await ec2.refusal('DescribeVpcs', input)).toBe(error);
  });

  test('pages reach every VPC once, also while some go', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) ids.push(await ec2.vpc());
    const first = await ec2.call('DescribeVpcs', { MaxResults: 5 });
    await ec2.call('DeleteVpc', { VpcId: ids[4]! });
    const second = await ec2.call('DescribeVpcs', { MaxResults: 5, NextToken: first.NextToken! });
    const third = await ec2.call('DescribeVpcs', { MaxResults: 5, NextToken: second.NextToken! });
    const seen = [first, second, third].flatMap(({ Vpcs }) => Vpcs!.map(({ VpcId }) => VpcId));
    expect(seen).toEqual(ids);
    expect(third.NextToken).toBeUndefined();
    expect(await ec2.refusal('DescribeSubnets', { NextToken: first.NextToken! })).toContain(
      'Unable to parse pagination token',
    );
  });

  test('other accounts neither see nor change it', async () => {
    const id = await ec2.vpc();
    ec2.accountId = OTHER_ACCOUNT;
    expect((await ec2.call('DescribeVpcs', {})).Vpcs).toEqual([]);
    expect(await ec2.refusal('DeleteVpc', { VpcId: id })).toContain('InvalidVpcID.NotFound');
    expect(
      (await ec2.call('DescribeSecurityGroups', { Filters: [{ Name: 'vpc-id', Values: [id] }] }))
        .SecurityGroups,
    ).toEqual([]);
  });
});

describe('attributes', () => {
  test('are read and changed one at a time', async () => {
    const VpcId = await ec2.vpc();
    const read = async (
      Attribute: 'enableDnsSupport' | 'enableDnsHostnames' | 'enableNetworkAddressUsageMetrics',
    ) => ec2.call('DescribeVpcAttribute', { VpcId, Attribute });
    expect(await read('enableDnsSupport')).toEqual({ VpcId, EnableDnsSupport: { Value: true } });
    await ec2.call('ModifyVpcAttribute', { VpcId, EnableDnsSupport: { Value: false } });
    await ec2.call('ModifyVpcAttribute', { VpcId, EnableDnsHostnames: { Value: true } });
    await ec2.call('ModifyVpcAttribute', {
      VpcId,
      EnableNetworkAddressUsageMetrics: { Value: true },
    });
    expect(await read('enableDnsSupport')).toEqual({ VpcId, EnableDnsSupport: { Value: false } });
    expect(await read('enableDnsHostnames')).toEqual({
      VpcId,
      EnableDnsHostnames: { Value: true },
    });
    expect(await read('enableNetworkAddressUsageMetrics')).toEqual({
      VpcId,
      EnableNetworkAddressUsageMetrics: { Value: true },
    });
  });

  test('refuses none and several', async () => {
    const VpcId = await ec2.vpc();
    expect(await ec2.refusal('ModifyVpcAttribute', { VpcId })).toBe(
      'InvalidParameterCombination: No attributes specified.',
    );
    expect(
      await ec2.refusal('ModifyVpcAttribute', {
        VpcId,
        EnableDnsSupport: { Value: true },
        EnableDnsHostnames: { Value: true },
      }),
    ).toBe('InvalidParameterCombination: Fields for multiple attribute types specified');
  });
});

describe('DeleteVpc', () => {
  test('takes along all that was made with it', async () => {
    const id = await ec2.vpc();
    const now = new Date(0).toISOString();
    const stored = { accountId: ACCOUNT, createdAt: now, lastUpdatedAt: now };
    await ec2.call('CreateTags', { Resources: [id], Tags: [{ Key: 'Name', Value: 'shop' }] });
    await ec2.store.write(async (tx) => {
      await tx.insert('portal', { ...stored, id, port: 7180 });
      await tx.insert('addressMapping', {
        ...stored,
        id: `${id}/10.0.0.1`,
        vpcId: id,
        address: '10.0.0.1',
        host: '127.0.0.1',
      });
    });
    await ec2.call('DeleteVpc', { VpcId: id });
    const left = await ec2.store.read(async (tx) => {
      const kinds = [
        'vpc',
        'securityGroup',
        'securityGroupRule',
        'tagSet',
        'portal',
        'addressMapping',
      ] as const;
      let count = 0;
      for (const kind of kinds) count += await tx.count(kind);
      return count;
    });
    expect(left).toBe(0);
    expect(await ec2.refusal('DescribeVpcs', { VpcIds: [id] })).toContain('InvalidVpcID.NotFound');
  });

  const violation = (id: string) =>
    `DependencyViolation: The vpc '${id}' has dependencies and cannot be deleted.`;

  test('refuses while a subnet is left', async () => {
    const id = await ec2.vpc();
    const SubnetId = await ec2.subnet(id);
    expect(await ec2.refusal('DeleteVpc', { VpcId: id })).toBe(violation(id));
    await ec2.call('DeleteSubnet', { SubnetId });
    await ec2.call('DeleteVpc', { VpcId: id });
  });

  test('refuses while a group of the user is left', async () => {
    const id = await ec2.vpc();
    const GroupId = await ec2.group(id);
    expect(await ec2.refusal('DeleteVpc', { VpcId: id })).toBe(violation(id));
    await ec2.call('DeleteSecurityGroup', { GroupId });
    await ec2.call('DeleteVpc', { VpcId: id });
  });

  test('refuses while a service network is associated or a target group is in it', async () => {
    const now = new Date(0).toISOString();
    const stored = {
      accountId: ACCOUNT,
      createdAt: now,
      lastUpdatedAt: now,
      status: 'ACTIVE' as const,
    };
    const associated = await ec2.vpc();
    const withTargets = await ec2.vpc();
    await ec2.store.write(async (tx) => {
      await tx.insert('serviceNetworkVpcAssociation', {
        ...stored,
        id: 'snva-1',
        arn: 'arn:1',
        serviceNetworkId: 'sn-1',
        vpcId: associated,
        createdBy: ACCOUNT,
        securityGroupIds: [],
        privateDnsEnabled: false,
      });
      await tx.insert('targetGroup', {
        ...stored,
        id: 'tg-1',
        arn: 'arn:2',
        name: 'targets',
        type: 'IP',
        config: { vpcIdentifier: withTargets },
      });
    });
    expect(await ec2.refusal('DeleteVpc', { VpcId: associated })).toBe(violation(associated));
    expect(await ec2.refusal('DeleteVpc', { VpcId: withTargets })).toBe(violation(withTargets));
  });
});
