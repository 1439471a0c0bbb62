import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CreateNetworkInterfaceRequest } from '../../../../protocol/generated/ec2.ts';
import { Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let vpcId: string;
let SubnetId: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open({ networkInterfacesPerVpc: 3 });
  vpcId = await ec2.vpc('10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true });
  const { Subnet } = await ec2.call('CreateSubnet', {
    ...{ VpcId: vpcId, CidrBlock: '10.0.1.0/28' },
    Ipv6CidrBlock: await ec2.ipv6Block(vpcId),
  });
  SubnetId = Subnet!.SubnetId!;
});
afterEach(() => ec2.store.close());

const create = async (more: Partial<CreateNetworkInterfaceRequest> = {}) =>
  (await ec2.call('CreateNetworkInterface', { SubnetId, ...more })).NetworkInterface!;
const refusal = (more: Partial<CreateNetworkInterfaceRequest>) =>
  ec2.refusal('CreateNetworkInterface', { SubnetId, ...more });
const run = async (PrivateIpAddress?: string) => {
  const { Instances } = await ec2.call('RunInstances', {
    ...{ ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1, SubnetId },
    ...(PrivateIpAddress !== undefined && { PrivateIpAddress }),
  });
  return Instances![0]!;
};

describe('a network interface', () => {
  test('has an address of its subnet and the default group unless told otherwise', async () => {
    const made = await create();
    expect(made).toMatchObject({
      ...{ SubnetId, VpcId: vpcId, Status: 'available', PrivateIpAddress: '10.0.1.4' },
      Groups: [{ GroupName: 'default' }],
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.4' }],
      Ipv6Addresses: [],
      PrivateDnsName: 'ip-10-0-1-4.us-west-2.compute.internal',
    });
    const { NetworkInterfaces } = await ec2.call('DescribeNetworkInterfaces', {});
    expect(NetworkInterfaces).toEqual([made]);
  });

  test('has the addresses, groups, description and tags that it is given', async () => {
    const groupId = await ec2.group(vpcId);
    const made = await create({
      Groups: [groupId],
      Description: 'cart',
      PrivateIpAddresses: [
        { PrivateIpAddress: '10.0.1.9' },
        { PrivateIpAddress: '10.0.1.5', Primary: true },
      ],
      SecondaryPrivateIpAddressCount: 1,
      Ipv6AddressCount: 2,
      TagSpecifications: [
        { ResourceType: 'network-interface', Tags: [{ Key: 'Name', Value: 'cart' }] },
      ],
    });
    expect(made.PrivateIpAddresses!.map((one) => one.PrivateIpAddress)).toEqual([
      ...['10.0.1.5', '10.0.1.9', '10.0.1.4'],
    ]);
    expect(made.Ipv6Addresses).toHaveLength(2);
    expect(made).toMatchObject({ Description: 'cart', Groups: [{ GroupId: groupId }] });
    for (const filter of [
      { Name: 'tag:Name', Values: ['cart'] },
      { Name: 'group-id', Values: [groupId] },
      { Name: 'subnet-id', Values: [SubnetId] },
    ]) {
      const found = await ec2.call('DescribeNetworkInterfaces', { Filters: [filter] });
      expect(found.NetworkInterfaces).toEqual([made]);
    }
  });

  test('is found by any of its addresses, and by what it has in common with all', async () => {
    const made = await create({ SecondaryPrivateIpAddressCount: 1 });
    const found = async (Name: string, value: string) => {
      const Filters = [{ Name, Values: [value] }];
      const { NetworkInterfaces } = await ec2.call('DescribeNetworkInterfaces', { Filters });
      return NetworkInterfaces!.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
    };
    for (const [name, value] of [
      ['addresses.private-ip-address', made.PrivateIpAddresses![1]!.PrivateIpAddress!],
      ['addresses.primary', 'false'],
      ['availability-zone-id', made.AvailabilityZoneId!],
      ['operator.managed', 'false'],
    ] as const) {
      expect([name, await found(name, value)]).toEqual([name, [made.NetworkInterfaceId]]);
    }
    expect(await found('association.public-ip', '*')).toEqual([]);
    const { NetworkInterfaces: [card] = [] } = await run();
    for (const [name, value] of [
      ['attachment.delete-on-termination', 'true'],
      ['attachment.attach-time', card!.Attachment!.AttachTime!.toISOString()],
    ] as const) {
      expect([name, await found(name, value)]).toEqual([name, [card!.NetworkInterfaceId]]);
    }
  });

  test('in an IPv6-only subnet has IPv6 addresses alone', async () => {
    const block = (await ec2.ipv6Block(vpcId)).replace(/.::\/64$/, '1::/64');
    SubnetId = await ec2.ipv6Subnet(vpcId, block);
    const made = await create();
    expect(made).toMatchObject({
      Ipv6Native: true,
      PrivateIpAddresses: [],
      Ipv6Addresses: [{ Ipv6Address: block.replace('/64', '4') }],
    });
    expect(made.PrivateIpAddress).toBeUndefined();
    expect(made.PrivateDnsName).toBeUndefined();
    expect(await refusal({ SecondaryPrivateIpAddressCount: 1 })).toMatch('has no IPv4 CIDR block');
    expect(await refusal({ PrivateIpAddress: '10.0.1.9' })).toMatch('has no IPv4 CIDR block');
    expect(await refusal({ Ipv6AddressCount: 0 })).toMatch('has at least one IPv6 address');
  });

  test('never has an address that another or an instance has', async () => {
    const { PrivateIpAddress } = await run();
    expect((await create()).PrivateIpAddress).not.toBe(PrivateIpAddress);
    expect(await refusal({ PrivateIpAddress: PrivateIpAddress! })).toMatch('IPAddress.InUse');
    const { PrivateIpAddress: next } = await run();
    expect(new Set([PrivateIpAddress, next, (await create()).PrivateIpAddress]).size).toBe(3);
    expect(await refusal({ SecondaryPrivateIpAddressCount: 20 })).toMatch(
      'InsufficientFreeAddressesInSubnet',
    );
  });

  test.each([
    { name: 'an address of elsewhere', more: { PrivateIpAddress: '10.0.2.9' }, error: /range/ },
    { name: 'a reserved address', more: { PrivateIpAddress: '10.0.1.1' }, error: /reserved/ },
    { name: 'no address', more: { PrivateIpAddress: 'here' }, error: /Invalid IP address/ },
    { name: 'a group that is not there', more: { Groups: ['sg-00000000'] }, error: /NotFound/ },
    { name: 'prefixes', more: { Ipv4PrefixCount: 1 }, error: /UnsupportedOperation/ },
    { name: 'too many', more: { SecondaryPrivateIpAddressCount: 51 }, error: /50 addresses/ },
  ])('cannot have $name', async ({ more, error }) => {
    expect(await refusal(more)).toMatch(error);
  });

  test('cannot have a group of another VPC', async () => {
    const foreign = await ec2.group(await ec2.vpc());
    expect(await refusal({ Groups: [foreign] })).toMatch(/belong to different networks/);
  });

  test('is one of so many, and of nobody else’s', async () => {
    const { NetworkInterfaceId } = await create();
    await create();
    await create();
    expect(await refusal({})).toMatch('NetworkInterfaceLimitExceeded');
    ec2.accountId = OTHER_ACCOUNT;
    expect((await ec2.call('DescribeNetworkInterfaces', {})).NetworkInterfaces).toEqual([]);
    const input = { NetworkInterfaceId: NetworkInterfaceId! };
    expect(await ec2.refusal('DeleteNetworkInterface', input)).toMatch(
      'InvalidNetworkInterfaceID.NotFound',
    );
  });

  test('keeps its subnet and its groups from being deleted, and then not', async () => {
    const GroupId = await ec2.group(vpcId);
    const { NetworkInterfaceId = '' } = await create({ Groups: [GroupId] });
    expect(await ec2.refusal('DeleteSubnet', { SubnetId })).toMatch('DependencyViolation');
    expect(await ec2.refusal('DeleteSecurityGroup', { GroupId })).toMatch('DependencyViolation');
    await ec2.call('DeleteNetworkInterface', { NetworkInterfaceId });
    await ec2.call('DeleteSecurityGroup', { GroupId });
    await ec2.call('DeleteSubnet', { SubnetId });
  });

  test('gets other groups and another description, one a call', async () => {
    const groupId = await ec2.group(vpcId);
    const { NetworkInterfaceId = '' } = await create();
    const modify = (more: object) =>
      ec2.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...more });
    await modify({ Groups: [groupId] });
    await modify({ Description: { Value: 'new' } });
    await modify({ SourceDestCheck: { Value: false } });
    const { NetworkInterfaces } = await ec2.call('DescribeNetworkInterfaces', {
      NetworkInterfaceIds: [NetworkInterfaceId],
    });
    expect(NetworkInterfaces).toMatchObject([
      { Groups: [{ GroupId: groupId }], Description: 'new', SourceDestCheck: false },
    ]);
    expect(await ec2.refusal('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId })).toMatch(
      'InvalidParameterCombination',
    );
  });
});

describe('the network interface of an instance', () => {
  test('gets other groups, and goes with its instance only', async () => {
    const groupId = await ec2.group(vpcId);
    const { InstanceId, NetworkInterfaces: [one] = [] } = await run();
    const NetworkInterfaceId = one!.NetworkInterfaceId!;
    await ec2.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [groupId] });
    const described = await ec2.call('DescribeInstances', { InstanceIds: [InstanceId!] });
    expect(described.Reservations![0]!.Instances![0]!.SecurityGroups).toMatchObject([
      { GroupId: groupId },
    ]);
    expect(await ec2.refusal('DeleteNetworkInterface', { NetworkInterfaceId })).toMatch(
      'is currently in use',
    );
  });
});
