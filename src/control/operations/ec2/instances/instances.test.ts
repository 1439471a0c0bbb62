import { beforeEach, describe, expect, test } from 'vitest';
import type { RunInstancesRequest } from '../../../../protocol/generated/ec2.ts';
import { failLaunches } from '../../../lifecycle/fail-launches.ts';
import { ACCOUNT, Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let VpcId: string;
let SubnetId: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open({ instancesPerVpc: 20 });
  VpcId = await ec2.vpc('10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true });
  SubnetId = await ec2.subnet(VpcId, '10.0.1.0/28');
});

const ImageId = 'ami-0123456789abcdef0';
const wish = (given: Partial<RunInstancesRequest> = {}): RunInstancesRequest => ({
  SubnetId,
  ImageId,
  MinCount: 1,
  MaxCount: 1,
  ...given,
});
const run = async (given: Partial<RunInstancesRequest> = {}) =>
  (await ec2.call('RunInstances', wish(given))).Instances!;
const describeOne = async (id: string) =>
  (await ec2.call('DescribeInstances', { InstanceIds: [id] })).Reservations![0]!.Instances![0]!;
const addresses = (instances: Awaited<ReturnType<typeof run>>) =>
  instances.map(({ PrivateIpAddress }) => PrivateIpAddress);

describe('RunInstances', () => {
  test('answers pending instances, which run by the time anybody asks', async () => {
    const answer = await ec2.call('RunInstances', {
      ...wish({ InstanceType: 't3.micro', KeyName: 'key' }),
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] }],
    });
    const [instance] = answer.Instances!;
    expect(answer.OwnerId).toBe(ACCOUNT);
    expect(instance).toMatchObject({
      InstanceId: expect.stringMatching(/^i-0[0-9a-f]{16}$/),
      State: { Code: 0, Name: 'pending' },
      PrivateIpAddress: '10.0.1.4',
      PrivateDnsName: 'ip-10-0-1-4.us-west-2.compute.internal',
      Placement: { AvailabilityZone: 'us-west-2a' },
      SecurityGroups: [{ GroupName: 'default' }],
      VpcId,
      SubnetId,
    });
    const described = await describeOne(instance!.InstanceId!);
    expect(described).toEqual({ ...instance, State: { Code: 16, Name: 'running' } });
    expect(described.Tags).toEqual([{ Key: 'Name', Value: 'web' }]);
  });

  test('gives the first free addresses, those that were asked for, and IPv6 where it is wanted', async () => {
    expect(addresses(await run({ MinCount: 2, MaxCount: 2 }))).toEqual(['10.0.1.4', '10.0.1.5']);
    expect(addresses(await run({ PrivateIpAddress: '10.0.1.7' }))).toEqual(['10.0.1.7']);
    expect(addresses(await run({ MinCount: 2, MaxCount: 2 }))).toEqual(['10.0.1.6', '10.0.1.8']);
    const Ipv6CidrBlock = await ec2.ipv6Block(VpcId);
    const six = await ec2.call('CreateSubnet', { VpcId, CidrBlock: '10.0.2.0/24', Ipv6CidrBlock });
    const [instance] = await run({ SubnetId: six.Subnet!.SubnetId!, Ipv6AddressCount: 1 });
    expect(instance!.Ipv6Address).toBe(Ipv6CidrBlock.replace('/64', '4'));
  });

  test('in an IPv6-only subnet has an IPv6 address and no other', async () => {
    const Ipv6CidrBlock = await ec2.ipv6Block(VpcId);
    SubnetId = await ec2.ipv6Subnet(VpcId, Ipv6CidrBlock);
    const [instance] = await run();
    const id = instance!.InstanceId!;
    expect(instance).toMatchObject({
      Ipv6Address: Ipv6CidrBlock.replace('/64', '4'),
      PrivateDnsName: `${id}.us-west-2.compute.internal`,
      PrivateDnsNameOptions: { HostnameType: 'resource-name' },
      NetworkInterfaces: [{ PrivateIpAddresses: [], Ipv6Addresses: [{}] }],
    });
    expect(instance!.PrivateIpAddress).toBeUndefined();
    const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
    const { NetworkInterfaces } = await ec2.call('DescribeNetworkInterfaces', { Filters });
    expect(NetworkInterfaces).toMatchObject([{ Ipv6Native: true, PrivateIpAddresses: [] }]);
    const [wanted] = await run({
      Ipv6Addresses: [{ Ipv6Address: Ipv6CidrBlock.replace('/64', '77') }],
    });
    expect(wanted!.Ipv6Address).toBe(Ipv6CidrBlock.replace('/64', '77'));
    expect(await ec2.refusal('RunInstances', wish({ PrivateIpAddress: '10.0.1.9' }))).toBe(
      `InvalidParameterValue: The subnet ID '${SubnetId}' has no IPv4 CIDR block.`,
    );
    expect(await ec2.refusal('RunInstances', wish({ Ipv6AddressCount: 0 }))).toBe(
      `InvalidParameterValue: The subnet ID '${SubnetId}' is IPv6-only: a network interface there has at least one IPv6 address.`,
    );
  });

  test('takes the network from its first network interface, too', async () => {
    const group = await ec2.group(VpcId);
    const { SubnetId: _, ...wishes } = wish();
    const { Instances } = await ec2.call('RunInstances', {
      ...wishes,
      NetworkInterfaces: [
        { DeviceIndex: 0, SubnetId, Groups: [group], PrivateIpAddress: '10.0.1.9' },
      ],
    });
    expect(Instances![0]).toMatchObject({
      PrivateIpAddress: '10.0.1.9',
      SecurityGroups: [{ GroupId: group, GroupName: 'web' }],
    });
  });

  test('launches as many as there is room for, or none', async () => {
    ec2 = await Ec2Fixture.open({ instancesPerVpc: 3 });
    VpcId = await ec2.vpc();
    SubnetId = await ec2.subnet(VpcId);
    expect(await run({ MinCount: 1, MaxCount: 5 })).toHaveLength(3);
    expect(await ec2.refusal('RunInstances', wish())).toMatch(/^InstanceLimitExceeded: /);
  });

  test('launches as many as the subnet has addresses for, whoever has the others, or none', async () => {
    const free = async () =>
      (await ec2.call('DescribeSubnets', { SubnetIds: [SubnetId] })).Subnets![0]!
        .AvailableIpAddressCount;
    expect(await free()).toBe(11);
    await ec2.call('CreateNetworkInterface', { SubnetId, SecondaryPrivateIpAddressCount: 1 });
    const [first] = await run();
    expect(await free()).toBe(8);
    expect(await ec2.refusal('RunInstances', wish({ MinCount: 9, MaxCount: 20 }))).toMatch(
      /^InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet/,
    );
    expect(await run({ MinCount: 2, MaxCount: 20 })).toHaveLength(8);
    expect(await free()).toBe(0);
    const Filters = [{ Name: 'available-ip-address-count', Values: ['0'] }];
    expect((await ec2.call('DescribeSubnets', { Filters })).Subnets).toHaveLength(1);
    expect(await ec2.refusal('RunInstances', wish())).toMatch(
      /^InsufficientFreeAddressesInSubnet: /,
    );
    expect(await ec2.refusal('CreateNetworkInterface', { SubnetId })).toMatch(
      /^InsufficientFreeAddressesInSubnet: /,
    );
    await ec2.call('TerminateInstances', { InstanceIds: [first!.InstanceId!] });
    expect(await free()).toBe(1);
  });

  test.each<[string, Partial<RunInstancesRequest>, string]>([
    [
      'a reserved address',
      { PrivateIpAddress: '10.0.1.1' },
      "InvalidParameterValue: Address 10.0.1.1 is in subnet's reserved address range",
    ],
    [
      'an address of elsewhere',
      { PrivateIpAddress: '10.0.2.4' },
      "InvalidParameterValue: Address 10.0.2.4 does not fall within the subnet's address range",
    ],
    [
      'an address that is taken',
      { PrivateIpAddress: '10.0.1.4' },
      'InvalidIPAddress.InUse: Address 10.0.1.4 is in use.',
    ],
    [
      'more than the subnet has room for',
      { MinCount: 11, MaxCount: 11 },
      /^InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet/,
    ],
    [
      'IPv6 where there is none',
      { Ipv6AddressCount: 1 },
      /^InvalidParameterValue: The subnet ID 'subnet-\w+' has no IPv6 CIDR block\.$/,
    ],
    [
      'an image that is none',
      { ImageId: 'debian' },
      'InvalidAMIID.Malformed: Invalid id: "debian" (expecting "ami-...")',
    ],
    [
      'one address for two',
      { PrivateIpAddress: '10.0.1.5', MaxCount: 2 },
      /^InvalidParameterCombination: A private IP address can be specified for one instance only/,
    ],
    [
      'a launch template',
      { LaunchTemplate: { LaunchTemplateName: 'web' } },
      'UnsupportedOperation: LaunchTemplate is not built in this version of Pergola: give its values',
    ],
    [
      'a group of another VPC',
      { SecurityGroupIds: ['other'] },
      /^InvalidParameterValue: Security group sg-\w+ and subnet subnet-\w+ belong to different networks\.$/,
    ],
  ] as [string, Partial<RunInstancesRequest>, string][])(
    'refuses %s',
    async (_name, input, error) => {
      await run();
      const other = await ec2.group(await ec2.vpc());
      const SecurityGroupIds = input.SecurityGroupIds?.map(() => other);
      const given = { ...input, ...(SecurityGroupIds && { SecurityGroupIds }) };
      expect(await ec2.refusal('RunInstances', wish(given))).toEqual(
        typeof error === 'string' ? error : expect.stringMatching(error),
      );
    },
  );

  test('without a subnet there is no default VPC', async () => {
    const { SubnetId: _, ...wishes } = wish();
    expect(await ec2.refusal('RunInstances', wishes)).toMatch(/^VPCIdNotSpecified: /);
  });
});

describe('TerminateInstances', () => {
  test('frees the address at once, and the instance is shown for an hour', async () => {
    const [instance] = await run();
    const id = instance!.InstanceId!;
    const { TerminatingInstances } = await ec2.call('TerminateInstances', { InstanceIds: [id] });
    expect(TerminatingInstances).toEqual([
      {
        InstanceId: id,
        CurrentState: { Code: 32, Name: 'shutting-down' },
        PreviousState: { Code: 16, Name: 'running' },
      },
    ]);
    const after = await describeOne(id);
    expect(after).toMatchObject({
      State: { Code: 48, Name: 'terminated' },
      StateReason: { Code: 'Client.UserInitiatedShutdown' },
      NetworkInterfaces: [],
    });
    expect(after).not.toHaveProperty('PrivateIpAddress');
    expect(addresses(await run())).toEqual(['10.0.1.4']);

    const again = await ec2.call('TerminateInstances', { InstanceIds: [id] });
    expect(again.TerminatingInstances![0]!.CurrentState!.Name).toBe('terminated');
    ec2.pass(3600);
    expect((await ec2.call('DescribeInstances', {})).Reservations).toHaveLength(1);
    await run();
    expect(await ec2.refusal('TerminateInstances', { InstanceIds: [id] })).toBe(
      `InvalidInstanceID.NotFound: The instance ID '${id}' does not exist`,
    );
  });

  test('does not touch those that are protected, nor the others of the call', async () => {
    const [one, two] = await run({ MinCount: 2, MaxCount: 2 });
    const InstanceIds = [one!.InstanceId!, two!.InstanceId!];
    await ec2.call('ModifyInstanceAttribute', {
      InstanceId: InstanceIds[1]!,
      DisableApiTermination: { Value: true },
    });
    expect(await ec2.refusal('TerminateInstances', { InstanceIds })).toMatch(
      /^OperationNotPermitted: The instance 'i-\w+' may not be terminated/,
    );
  });

  test('makes room for what instances were in the way of', async () => {
    const group = await ec2.group(VpcId);
    const [instance] = await run({ SecurityGroupIds: [group] });
    expect(await ec2.refusal('DeleteSubnet', { SubnetId })).toBe(
      `DependencyViolation: The subnet '${SubnetId}' has dependencies and cannot be deleted.`,
    );
    expect(await ec2.refusal('DeleteSecurityGroup', { GroupId: group })).toBe(
      `DependencyViolation: resource ${group} has a dependent object`,
    );
    await ec2.call('TerminateInstances', { InstanceIds: [instance!.InstanceId!] });
    await ec2.call('DeleteSecurityGroup', { GroupId: group });
    await ec2.call('DeleteSubnet', { SubnetId });
  });
});

describe('what is told of instances', () => {
  test('is found by filters, and only by their owner', async () => {
    const [one, two] = await run({ MinCount: 2, MaxCount: 2 });
    await ec2.call('TerminateInstances', { InstanceIds: [two!.InstanceId!] });
    const found = async (Name: string, ...Values: string[]) =>
      (await ec2.call('DescribeInstances', { Filters: [{ Name, Values }] })).Reservations!.flatMap(
        ({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId),
      );
    expect(await found('instance-state-name', 'running')).toEqual([one!.InstanceId]);
    expect(await found('instance-state-name', 'terminated')).toEqual([two!.InstanceId]);
    expect(await found('private-ip-address', '10.0.1.4', '10.0.1.5')).toEqual([one!.InstanceId]);
    expect(await found('vpc-id', VpcId)).toEqual([one!.InstanceId]);
    ec2.accountId = OTHER_ACCOUNT;
    expect(await found('instance-state-name', '*')).toEqual([]);
    expect(await ec2.refusal('DescribeInstances', { InstanceIds: [one!.InstanceId!] })).toMatch(
      /^InvalidInstanceID\.NotFound: /,
    );
  });

  test('filters agree with what is answered', async () => {
    const [instance] = await run({
      ...{ Monitoring: { Enabled: true }, EbsOptimized: true, KeyName: 'key', Ipv6AddressCount: 0 },
      ...{ MetadataOptions: { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 3 } },
    });
    const {
      NetworkInterfaces: [card] = [],
      Placement,
      MetadataOptions: metadata,
      PrivateDnsNameOptions: names,
      LaunchTime: at,
    } = instance!;
    const { Attachment: attachment } = card!;
    const told: Readonly<Record<string, unknown>> = {
      architecture: instance!.Architecture,
      'availability-zone': Placement!.AvailabilityZone,
      'availability-zone-id': Placement!.AvailabilityZoneId,
      'boot-mode': instance!.BootMode,
      'capacity-reservation-specification.capacity-reservation-preference': 'open',
      'current-instance-boot-mode': instance!.CurrentInstanceBootMode,
      'dns-name': instance!.PublicDnsName,
      'ebs-optimized': instance!.EbsOptimized,
      'ena-support': instance!.EnaSupport,
      'enclave-options.enabled': false,
      'hibernation-options.configured': false,
      hypervisor: instance!.Hypervisor,
      'instance.group-id': card!.Groups![0]!.GroupId,
      'instance.group-name': 'default',
      'key-name': 'key',
      'launch-index': 0,
      'launch-time': at!.toISOString(),
      'maintenance-options.auto-recovery': 'default',
      'metadata-options.http-endpoint': 'enabled',
      'metadata-options.http-protocol-ipv4': 'enabled',
      'metadata-options.http-protocol-ipv6': metadata!.HttpProtocolIpv6,
      'metadata-options.http-put-response-hop-limit': 3,
      'metadata-options.http-tokens': metadata!.HttpTokens,
      'metadata-options.instance-metadata-tags': metadata!.InstanceMetadataTags,
      'metadata-options.state': metadata!.State,
      'monitoring-state': instance!.Monitoring!.State,
      'network-interface.addresses.primary': true,
      'network-interface.addresses.private-dns-name': instance!.PrivateDnsName,
      'network-interface.addresses.private-ip-address': instance!.PrivateIpAddress,
      'network-interface.attachment.attach-time': attachment!.AttachTime!.toISOString(),
      'network-interface.attachment.attachment-id': attachment!.AttachmentId,
      'network-interface.attachment.delete-on-termination': true,
      'network-interface.attachment.device-index': 0,
      'network-interface.attachment.instance-id': instance!.InstanceId,
      'network-interface.attachment.instance-owner-id': ACCOUNT,
      'network-interface.attachment.network-card-index': 0,
      'network-interface.attachment.status': 'attached',
      'network-interface.availability-zone': Placement!.AvailabilityZone,
      'network-interface.deny-all-igw-traffic': false,
      'network-interface.description': card!.Description,
      'network-interface.ipv6-native': false,
      'network-interface.mac-address': card!.MacAddress,
      'network-interface.network-interface-id': card!.NetworkInterfaceId,
      'network-interface.operator.managed': false,
      'network-interface.owner-id': ACCOUNT,
      'network-interface.private-dns-name': card!.PrivateDnsName,
      'network-interface.requester-managed': false,
      'network-interface.source-dest-check': true,
      'network-interface.status': 'in-use',
      'network-interface.subnet-id': SubnetId,
      'network-interface.vpc-id': VpcId,
      'operator.managed': false,
      'owner-id': ACCOUNT,
      'placement-group-name': Placement!.GroupName,
      'platform-details': instance!.PlatformDetails,
      'private-dns-name': instance!.PrivateDnsName,
      'private-dns-name-options.enable-resource-name-dns-a-record': false,
      'private-dns-name-options.enable-resource-name-dns-aaaa-record': false,
      'private-dns-name-options.hostname-type': names!.HostnameType,
      reason: instance!.StateTransitionReason,
      'root-device-name': instance!.RootDeviceName,
      'root-device-type': instance!.RootDeviceType,
      'source-dest-check': true,
      tenancy: Placement!.Tenancy,
      'usage-operation': instance!.UsageOperation,
      'usage-operation-update-time': instance!.UsageOperationUpdateTime!.toISOString(),
      'virtualization-type': instance!.VirtualizationType,
    };
    const count = async (Name: string, value: string) => {
      const Filters = [{ Name, Values: [value] }];
      return (await ec2.call('DescribeInstances', { Filters })).Reservations!.length;
    };
    for (const [name, value] of Object.entries(told)) {
      const found = [await count(name, `${value}`), await count(name, `other than ${value}`)];
      expect([name, ...found]).toEqual([name, 1, 0]);
    }
    for (const name of [
      'ip-address',
      'iam-instance-profile.arn',
      'platform',
      'instance-lifecycle',
    ]) {
      expect([name, await count(name, '*')]).toEqual([name, 0]);
    }
    await ec2.call('TerminateInstances', { InstanceIds: [instance!.InstanceId!] });
    expect(await count('state-reason-code', 'Client.UserInitiatedShutdown')).toBe(1);
    expect(await count('network-interface.status', 'in-use')).toBe(0);
  });

  test('a participant finds its instances by the zone of a subnet that is shared with it', async () => {
    ec2.sharedSubnets = { [SubnetId]: [OTHER_ACCOUNT] };
    ec2.accountId = OTHER_ACCOUNT;
    const group = await ec2.group(VpcId);
    const [instance] = await run({ SecurityGroupIds: [group] });
    const Filters = [{ Name: 'availability-zone', Values: ['us-west-2a'] }];
    const { Reservations } = await ec2.call('DescribeInstances', { Filters });
    expect(Reservations![0]!.Instances).toMatchObject([{ InstanceId: instance!.InstanceId }]);
  });

  test('network interfaces are those of running instances', async () => {
    const [instance] = await run();
    const [card] = instance!.NetworkInterfaces!;
    const { NetworkInterfaces } = await ec2.call('DescribeNetworkInterfaces', {
      Filters: [{ Name: 'attachment.instance-id', Values: [instance!.InstanceId!] }],
    });
    expect(NetworkInterfaces).toMatchObject([
      {
        NetworkInterfaceId: card!.NetworkInterfaceId,
        PrivateIpAddress: '10.0.1.4',
        MacAddress: card!.MacAddress,
        Status: 'in-use',
        Attachment: { InstanceId: instance!.InstanceId, DeviceIndex: 0 },
      },
    ]);
    await ec2.call('TerminateInstances', { InstanceIds: [instance!.InstanceId!] });
    expect((await ec2.call('DescribeNetworkInterfaces', {})).NetworkInterfaces).toEqual([]);
  });

  test('groups change by instance and by network interface, one attribute a call', async () => {
    const group = await ec2.group(VpcId);
    const foreign = await ec2.group(await ec2.vpc());
    const [instance] = await run();
    const InstanceId = instance!.InstanceId!;
    const NetworkInterfaceId = instance!.NetworkInterfaces![0]!.NetworkInterfaceId!;
    const groups = async () =>
      (await describeOne(InstanceId)).SecurityGroups!.map(({ GroupId }) => GroupId);
    const before = await groups();
    await ec2.call('ModifyInstanceAttribute', { InstanceId, Groups: [group] });
    expect(await groups()).toEqual([group]);
    await ec2.call('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId,
      Groups: before as string[],
    });
    expect(await groups()).toEqual(before);
    expect(await ec2.refusal('ModifyInstanceAttribute', { InstanceId, Groups: [foreign] })).toMatch(
      /^InvalidParameterValue: Security group .* belong to different networks\.$/,
    );
    expect(
      await ec2.refusal('ModifyInstanceAttribute', {
        InstanceId,
        Groups: [group],
        SourceDestCheck: { Value: false },
      }),
    ).toMatch(/^InvalidParameterCombination: /);
    await ec2.call('TerminateInstances', { InstanceIds: [InstanceId] });
    expect(await ec2.refusal('ModifyInstanceAttribute', { InstanceId, Groups: [group] })).toMatch(
      /^IncorrectInstanceState: /,
    );
  });

  test('metadata options are as they were asked for, and those left out stay as they are', async () => {
    const [plain] = await run();
    const byDefault = {
      State: 'applied',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: 'disabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
    };
    expect(plain!.MetadataOptions).toEqual(byDefault);
    const [instance] = await run({
      MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'optional' },
    });
    const InstanceId = instance!.InstanceId!;
    const asked = { ...byDefault, HttpEndpoint: 'enabled', HttpTokens: 'optional' };
    expect((await describeOne(InstanceId)).MetadataOptions).toEqual(asked);
    const change = { HttpTokens: 'required', HttpPutResponseHopLimit: 64 } as const;
    const changed = { ...asked, ...change };
    expect(await ec2.call('ModifyInstanceMetadataOptions', { InstanceId, ...change })).toEqual({
      InstanceId,
      InstanceMetadataOptions: { ...changed, State: 'pending' },
    });
    expect((await describeOne(InstanceId)).MetadataOptions).toEqual(changed);
    for (const HttpPutResponseHopLimit of [0, 65]) {
      const wishes = { InstanceId, HttpPutResponseHopLimit };
      expect(await ec2.refusal('ModifyInstanceMetadataOptions', wishes)).toMatch(
        /^InvalidParameterValue: Value \(\d+\) for parameter HttpPutResponseHopLimit is invalid\./,
      );
    }
    ec2.accountId = OTHER_ACCOUNT;
    expect(await ec2.refusal('ModifyInstanceMetadataOptions', { InstanceId })).toMatch(
      /^InvalidInstanceID\.NotFound: /,
    );
  });

  test('attributes and status are as they were set', async () => {
    const [instance] = await run({ UserData: 'IyEvYmluL3No', DisableApiStop: true });
    const InstanceId = instance!.InstanceId!;
    const attribute = (Attribute: 'userData' | 'disableApiStop' | 'groupSet' | 'kernel') =>
      ec2.call('DescribeInstanceAttribute', { InstanceId, Attribute });
    expect(await attribute('userData')).toEqual({
      InstanceId,
      UserData: { Value: 'IyEvYmluL3No' },
    });
    expect(await attribute('disableApiStop')).toMatchObject({ DisableApiStop: { Value: true } });
    expect((await attribute('groupSet')).Groups).toMatchObject([{ GroupName: 'default' }]);
    expect(
      await ec2.refusal('DescribeInstanceAttribute', { InstanceId, Attribute: 'kernel' }),
    ).toMatch(/^UnsupportedOperation: The attribute kernel/);
    const { InstanceStatuses } = await ec2.call('DescribeInstanceStatus', {});
    expect(InstanceStatuses).toMatchObject([{ InstanceId, InstanceStatus: { Status: 'ok' } }]);
  });

  test('images, types and volumes are what a launch needs to know', async () => {
    const { Images } = await ec2.call('DescribeImages', { ImageIds: [ImageId] });
    expect(Images).toMatchObject([{ ImageId, State: 'available' }]);
    const { InstanceTypes } = await ec2.call('DescribeInstanceTypes', {
      InstanceTypes: ['c7g.large'],
    });
    expect(InstanceTypes).toMatchObject([{ InstanceType: 'c7g.large' }]);
    expect((await ec2.call('DescribeVolumes', {})).Volumes).toEqual([]);
    expect(await ec2.refusal('DescribeVolumes', { VolumeIds: ['vol-1'] })).toBe(
      "InvalidVolume.NotFound: The volume 'vol-1' does not exist.",
    );
  });
});

describe('an instance whose machine', () => {
  const launch = async (reachable: readonly string[]) => {
    ec2.networks = {
      hasPorts: false,
      isReachable: (id) => reachable.includes(id),
      problems: () => [],
    };
    const [{ InstanceId } = {}] = await run();
    return InstanceId!;
  };

  test('is not there yet is pending, and nothing is known of how it is', async () => {
    const id = await launch([]);
    expect(await describeOne(id)).toMatchObject({
      State: { Code: 0, Name: 'pending' },
      PrivateIpAddress: '10.0.1.4',
      StateTransitionReason: '',
    });
    const Filters = [{ Name: 'instance-state-name', Values: ['running'] }];
    expect((await ec2.call('DescribeInstances', { Filters })).Reservations).toEqual([]);
    expect((await ec2.call('DescribeInstanceStatus', {})).InstanceStatuses).toEqual([]);
    const all = await ec2.call('DescribeInstanceStatus', { IncludeAllInstances: true });
    expect(all.InstanceStatuses).toMatchObject([
      { InstanceState: { Name: 'pending' }, InstanceStatus: { Status: 'not-applicable' } },
    ]);
    const { TerminatingInstances } = await ec2.call('TerminateInstances', { InstanceIds: [id] });
    expect(TerminatingInstances).toMatchObject([{ PreviousState: { Name: 'pending' } }]);
  });

  test('cannot be made is terminated by an error of the server, and its address is free', async () => {
    const id = await launch([]);
    await failLaunches(ec2.store, new Map([[id, 'no room']]), new Date(Date.UTC(2026, 0, 1, 0, 1)));
    const described = await describeOne(id);
    expect(described).toMatchObject({
      State: { Code: 48, Name: 'terminated' },
      StateTransitionReason: 'Server.InternalError',
      StateReason: {
        Code: 'Server.InternalError',
        Message: 'Server.InternalError: Internal error on launch',
      },
    });
    // The reason is the operator's: it is of this machine.
    expect(JSON.stringify(described)).not.toContain('no room');
    expect(addresses(await run())).toEqual(['10.0.1.4']);
  });

  test('was terminated meanwhile stays as it is', async () => {
    const id = await launch([]);
    await ec2.call('TerminateInstances', { InstanceIds: [id] });
    const before = await describeOne(id);
    await failLaunches(
      ec2.store,
      new Map([
        [id, 'no room'],
        ['i-gone', 'no room'],
      ]),
      new Date(),
    );
    expect(await describeOne(id)).toEqual(before);
  });
});
