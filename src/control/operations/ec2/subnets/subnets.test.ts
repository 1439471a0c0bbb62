import { beforeEach, describe, expect, test } from 'vitest';
import type { CreateSubnetRequest } from '../../../../protocol/generated/ec2.ts';
import { ACCOUNT, Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let VpcId: string;

beforeEach(async () => {
  ec2 = await Ec2Fixture.open();
  VpcId = await ec2.vpc();
});

describe('CreateSubnet', () => {
  test('answers the whole subnet and DescribeSubnets answers the same', async () => {
    const { Subnet } = await ec2.call('CreateSubnet', {
      VpcId,
      CidrBlock: '10.0.1.0/24',
      AvailabilityZone: 'us-west-2b',
      TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'Name', Value: 'b' }] }],
    });
    const id = Subnet!.SubnetId!;
    expect(Subnet).toEqual({
      AvailabilityZoneId: 'usw2-az2',
      MapCustomerOwnedIpOnLaunch: false,
      OwnerId: ACCOUNT,
      AssignIpv6AddressOnCreation: false,
      Ipv6CidrBlockAssociationSet: [],
      Tags: [{ Key: 'Name', Value: 'b' }],
      SubnetArn: `arn:aws:ec2:us-west-2:${ACCOUNT}:subnet/${id}`,
      EnableDns64: false,
      Ipv6Native: false,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: 'ip-name',
        EnableResourceNameDnsARecord: false,
        EnableResourceNameDnsAAAARecord: false,
      },
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
      SubnetId: expect.stringMatching(/^subnet-0[0-9a-f]{16}$/),
      State: 'available',
      VpcId,
      CidrBlock: '10.0.1.0/24',
      AvailableIpAddressCount: 251,
      AvailabilityZone: 'us-west-2b',
      DefaultForAz: false,
      MapPublicIpOnLaunch: false,
    });
    const { Subnets } = await ec2.call('DescribeSubnets', { SubnetIds: [id] });
    expect(Subnets).toEqual([Subnet]);
  });

  test('without a zone it is in the first one, and a zone can be named by id', async () => {
    const first = await ec2.call('CreateSubnet', { VpcId, CidrBlock: '10.0.1.0/24' });
    expect(first.Subnet!.AvailabilityZone).toBe('us-west-2a');
    const third = await ec2.call('CreateSubnet', {
      VpcId,
      CidrBlock: '10.0.2.0/24',
      AvailabilityZoneId: 'usw2-az3',
    });
    expect(third.Subnet!.AvailabilityZone).toBe('us-west-2c');
  });

  test('subnets of different VPCs may have the same block', async () => {
    await ec2.subnet(VpcId);
    await ec2.subnet(await ec2.vpc());
    expect((await ec2.call('DescribeSubnets', {})).Subnets).toHaveLength(2);
  });

  test('an IPv6 block must lie in that of the VPC and be free', async () => {
    const six = await ec2.vpc('10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true });
    const Ipv6CidrBlock = await ec2.ipv6Block(six);
    const { Subnet } = await ec2.call('CreateSubnet', {
      VpcId: six,
      CidrBlock: '10.0.1.0/24',
      Ipv6CidrBlock,
    });
    expect(Subnet!.Ipv6CidrBlockAssociationSet).toEqual([
      {
        AssociationId: expect.stringMatching(/^subnet-cidr-assoc-0[0-9a-f]{16}$/),
        Ipv6CidrBlock,
        Ipv6CidrBlockState: { State: 'associated' },
        Ipv6AddressAttribute: 'private',
        IpSource: 'amazon',
      },
    ]);
    const again = { VpcId: six, CidrBlock: '10.0.2.0/24' };
    expect(await ec2.refusal('CreateSubnet', { ...again, Ipv6CidrBlock })).toBe(
      `InvalidSubnet.Conflict: The CIDR '${Ipv6CidrBlock}' conflicts with another subnet`,
    );
    expect(await ec2.refusal('CreateSubnet', { ...again, Ipv6CidrBlock: 'fd00::/64' })).toBe(
      "InvalidSubnet.Range: The CIDR 'fd00::/64' is invalid.",
    );
    expect(await ec2.refusal('CreateSubnet', { ...again, Ipv6CidrBlock: '10.0.0.0/24' })).toBe(
      'InvalidParameterValue: Value (10.0.0.0/24) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.',
    );
  });

  test.each([
    [
      'no block',
      {},
      "MissingParameter: Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.",
    ],
    [
      'a block that is none',
      { CidrBlock: 'ten' },
      'InvalidParameterValue: Value (ten) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
    ],
    [
      'a block outside the VPC',
      { CidrBlock: '10.1.0.0/24' },
      "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
    ],
    [
      'a block larger than the VPC',
      { CidrBlock: '10.0.0.0/15' },
      "InvalidSubnet.Range: The CIDR '10.0.0.0/15' is invalid.",
    ],
    [
      'a block that is too small',
      { CidrBlock: '10.0.0.0/29' },
      "InvalidSubnet.Range: The CIDR '10.0.0.0/29' is invalid.",
    ],
    [
      'a block that overlaps',
      { CidrBlock: '10.0.1.128/25' },
      "InvalidSubnet.Conflict: The CIDR '10.0.1.128/25' conflicts with another subnet",
    ],
    [
      'a zone of elsewhere',
      { CidrBlock: '10.0.2.0/24', AvailabilityZone: 'eu-west-1a' },
      'InvalidParameterValue: Value (eu-west-1a) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-west-2a, us-west-2b, us-west-2c.',
    ],
  ])('refuses %s', async (_name, input, error) => {
    await ec2.subnet(VpcId, '10.0.1.0/24');
    expect(await ec2.refusal('CreateSubnet', { VpcId, ...input })).toBe(error);
  });

  test('refuses an unknown VPC, and one more than the quota', async () => {
    ec2 = await Ec2Fixture.open({ subnetsPerVpc: 1 });
    const unknown = 'vpc-00000000000000000';
    expect(await ec2.refusal('CreateSubnet', { VpcId: unknown, CidrBlock: '10.0.0.0/24' })).toBe(
      `InvalidVpcID.NotFound: The vpc ID '${unknown}' does not exist`,
    );
    const id = await ec2.vpc();
    await ec2.subnet(id);
    expect(await ec2.refusal('CreateSubnet', { VpcId: id, CidrBlock: '10.0.2.0/24' })).toBe(
      'SubnetLimitExceeded: The maximum number of subnets has been reached.',
    );
  });
});

describe('an IPv6-only subnet', () => {
  /** One with blocks of both families; answers the first /64. */
  const openVpc = async () => {
    VpcId = await ec2.vpc('10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true });
    return ec2.ipv6Block(VpcId);
  };

  test('has no IPv4 block, and gives IPv6 addresses unasked', async () => {
    const Ipv6CidrBlock = await openVpc();
    const { Subnet } = await ec2.call('CreateSubnet', { VpcId, Ipv6Native: true, Ipv6CidrBlock });
    expect(Subnet).toMatchObject({
      Ipv6Native: true,
      AssignIpv6AddressOnCreation: true,
      MapPublicIpOnLaunch: false,
      AvailableIpAddressCount: 0,
      PrivateDnsNameOptionsOnLaunch: { HostnameType: 'resource-name' },
      Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock }],
    });
    expect(Subnet!.CidrBlock).toBeUndefined();
    await ec2.subnet(VpcId);
    const Filters = [{ Name: 'ipv6-native', Values: ['true'] }];
    expect((await ec2.call('DescribeSubnets', { Filters })).Subnets).toEqual([Subnet]);
  });

  test.each<[string, (free: string) => Partial<CreateSubnetRequest>, RegExp]>([
    [
      'with an IPv4 block',
      (free) => ({ Ipv6CidrBlock: free, CidrBlock: '10.0.1.0/24' }),
      /^InvalidParameterCombination: The parameter cidrBlock may not be specified with ipv6Native/,
    ],
    [
      'without an IPv6 block',
      () => ({}),
      /^MissingParameter: Either 'ipv6CidrBlock' or 'ipv6IpamPoolId' should be provided\.$/,
    ],
    [
      'with a block of elsewhere',
      () => ({ Ipv6CidrBlock: 'fd00::/64' }),
      /^InvalidSubnet\.Range: The CIDR 'fd00::\/64' is invalid\.$/,
    ],
  ])('is refused %s', async (_name, blocks, error) => {
    const free = await openVpc();
    const input = { VpcId, Ipv6Native: true, ...blocks(free) };
    expect(await ec2.refusal('CreateSubnet', input)).toMatch(error);
  });

  test('is refused in a VPC without an IPv6 block', async () => {
    const input = { VpcId, Ipv6Native: true, Ipv6CidrBlock: 'fd80::/64' };
    expect(await ec2.refusal('CreateSubnet', input)).toBe(
      "InvalidSubnet.Range: The CIDR 'fd80::/64' is invalid.",
    );
  });

  test.each([
    [{ AssignIpv6AddressOnCreation: { Value: false } }, "'false' for assignIpv6AddressOnCreation"],
    [{ MapPublicIpOnLaunch: { Value: true } }, "'true' for mapPublicIpOnLaunch"],
    [{ PrivateDnsHostnameTypeOnLaunch: 'ip-name' }, "'ip-name' for privateDnsHostnameTypeOnLaunch"],
    [
      { EnableResourceNameDnsARecordOnLaunch: { Value: true } },
      "'true' for enableResourceNameDnsARecordOnLaunch",
    ],
  ] as const)('does not become another one: %j', async (change, said) => {
    const Ipv6CidrBlock = await openVpc();
    const SubnetId = await ec2.ipv6Subnet(VpcId, Ipv6CidrBlock);
    expect(await ec2.refusal('ModifySubnetAttribute', { SubnetId, ...change })).toBe(
      `InvalidParameterValue: Invalid value ${said}. Subnet ${SubnetId} is an IPv6-only subnet.`,
    );
    await ec2.call('ModifySubnetAttribute', {
      SubnetId,
      EnableResourceNameDnsAAAARecordOnLaunch: { Value: true },
    });
  });
});

describe('the others', () => {
  test('attributes change one at a time', async () => {
    const SubnetId = await ec2.subnet(VpcId);
    await ec2.call('ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value: true } });
    await ec2.call('ModifySubnetAttribute', { SubnetId, EnableDns64: { Value: true } });
    await ec2.call('ModifySubnetAttribute', {
      SubnetId,
      PrivateDnsHostnameTypeOnLaunch: 'resource-name',
    });
    await ec2.call('ModifySubnetAttribute', {
      SubnetId,
      EnableResourceNameDnsARecordOnLaunch: { Value: true },
    });
    const { Subnets } = await ec2.call('DescribeSubnets', {});
    expect(Subnets![0]).toMatchObject({
      MapPublicIpOnLaunch: true,
      EnableDns64: true,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: 'resource-name',
        EnableResourceNameDnsARecord: true,
        EnableResourceNameDnsAAAARecord: false,
      },
    });
    expect(await ec2.refusal('ModifySubnetAttribute', { SubnetId })).toContain(
      'InvalidParameterCombination',
    );
    expect(
      await ec2.refusal('ModifySubnetAttribute', {
        SubnetId,
        AssignIpv6AddressOnCreation: { Value: true },
      }),
    ).toContain('does not have an IPv6 CIDR block');
  });

  test.each([
    ['vpc-id', '?', 2],
    ['availability-zone', 'us-west-2a', 2],
    ['availability-zone-id', 'usw2-az2', 0],
    ['cidr-block', '10.0.2.0/24', 1],
    ['subnet-id', 'subnet-*', 2],
    ['state', 'available', 2],
    ['default-for-az', 'true', 0],
    ['available-ip-address-count', '251', 2],
  ])('filter %s=%s finds %i', async (Name, value, count) => {
    await ec2.subnet(VpcId, '10.0.1.0/24');
    await ec2.subnet(VpcId, '10.0.2.0/24');
    await ec2.vpc();
    const Values = [value === '?' ? VpcId : value];
    const { Subnets } = await ec2.call('DescribeSubnets', { Filters: [{ Name, Values }] });
    expect(Subnets).toHaveLength(count);
  });

  test('a deleted one is not found, its tags are gone', async () => {
    const SubnetId = await ec2.subnet(VpcId);
    await ec2.call('CreateTags', { Resources: [SubnetId], Tags: [{ Key: 'a', Value: 'b' }] });
    await ec2.call('DeleteSubnet', { SubnetId });
    expect(await ec2.refusal('DescribeSubnets', { SubnetIds: [SubnetId] })).toBe(
      `InvalidSubnetID.NotFound: The subnet ID '${SubnetId}' does not exist`,
    );
    expect((await ec2.call('DescribeTags', {})).Tags).toEqual([]);
  });

  test('the network ACL of the VPC has all subnets', async () => {
    const SubnetId = await ec2.subnet(VpcId);
    const { NetworkAcls } = await ec2.call('DescribeNetworkAcls', {
      Filters: [{ Name: 'association.subnet-id', Values: [SubnetId] }],
    });
    expect(NetworkAcls).toHaveLength(1);
    expect(NetworkAcls![0]!.Associations![0]!.SubnetId).toBe(SubnetId);
  });

  test('other accounts do not find it', async () => {
    const SubnetId = await ec2.subnet(VpcId);
    ec2.accountId = OTHER_ACCOUNT;
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    expect((await ec2.call('DescribeSubnets', { Filters })).Subnets).toEqual([]);
    expect(await ec2.refusal('DeleteSubnet', { SubnetId })).toContain('InvalidSubnetID.NotFound');
  });
});
