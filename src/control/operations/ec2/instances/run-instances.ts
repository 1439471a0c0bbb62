import { type Instance, interfaceArnOf, isIpv6Only, type Subnet } from '../../../../lattice/vpc.ts';
import type { RunInstancesRequest } from '../../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Arn } from '../ec2-arn.ts';
import { ec2Write } from '../ec2-operation.ts';
import {
  ec2Error,
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  unsupported,
} from '../errors.ts';
import { chooseGroups } from '../network-interfaces/choose-groups.ts';
import { takenAddresses } from '../network-interfaces/taken-addresses.ts';
import { availableAddresses } from '../subnets/available-addresses.ts';
import { parseTagSpecifications, tagDocument } from '../tags/parse-tags.ts';
import { getUsableSubnet } from '../usable.ts';
import { chooseAddress, noIpv4In, noIpv6In, onlyIpv6In } from './choose-address.ts';
import { forgetOldInstances } from './forget-old-instances.ts';
import { surroundingsOf, toInstanceAnswer } from './instance-answer.ts';
import { INSTANCE_STATES } from './instance-state.ts';
import { runningIn } from './instances-of.ts';
import { parseMetadataOptions } from './metadata-options.ts';

/** What a launch says about the network, whether by itself or for its first network interface. */
interface NetworkWishes {
  readonly subnetId: string;
  readonly groupIds: readonly string[] | undefined;
  readonly address: string | undefined;
  readonly ipv6Address: string | undefined;
  /** Absent: as the subnet has it. */
  readonly ipv6AddressCount: number | undefined;
}

/**
 * Launches instances in a subnet, each with one network interface. Nothing is booted, so any image
 * and type will do. The answer shows them pending, as AWS's always does; by the time it is given
 * the underlay has made them, or has said why it could not.
 */
export const runInstances = ec2Write<'RunInstances'>(async (tx, input, context) => {
  refuseUnbuilt(input);
  const { MinCount, MaxCount, ImageId = '' } = input;
  if (MinCount < 1 || MaxCount < MinCount) {
    throw invalidParameterValue(
      `Value (${MinCount}) for parameter minCount is invalid. The minimum number of instances has to be at least 1 and at most maxCount.`,
    );
  }
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(ImageId)) throw refuseImage(ImageId);
  const wishes = networkWishes(input);
  if (MaxCount > 1 && (wishes.address ?? wishes.ipv6Address) !== undefined) {
    throw invalidParameterCombination(
      'A private IP address can be specified for one instance only: give MaxCount 1.',
    );
  }
  const subnet = await getUsableSubnet(tx, wishes.subnetId, context);
  const securityGroupIds = await chooseGroups(tx, subnet, wishes.groupIds, context);
  const { TagSpecifications: specifications } = input;
  const tags = parseTagSpecifications(specifications, 'instance', TAGGED_BY_LAUNCH);
  const interfaceTags = parseTagSpecifications(
    specifications,
    'network-interface',
    TAGGED_BY_LAUNCH,
  );

  await forgetOldInstances(tx, context);
  const others = await runningIn(tx, subnet.vpcId);
  const allowed = Math.min(MaxCount, context.settings.quotas.instancesPerVpc - others.length);
  if (allowed < MinCount) {
    throw ec2Error(
      'InstanceLimitExceeded',
      `You have requested more instances (${others.length + MinCount}) than your current instance limit of ${context.settings.quotas.instancesPerVpc} allows for the VPC.`,
    );
  }
  // With fewer free addresses than instances that have to be, one of them is refused its own below.
  const count = isIpv6Only(subnet)
    ? allowed
    : Math.max(MinCount, Math.min(allowed, await availableAddresses(tx, subnet)));
  const taken = await takenAddresses(tx, subnet.vpcId);
  const reservationId = context.newId('reservation');
  const answers = [];
  for (let launchIndex = 0; launchIndex < count; launchIndex += 1) {
    const addresses = chooseAddresses(subnet, wishes, taken);
    const instance: Instance = {
      ...launched(input, subnet, context),
      ...addresses,
      reservationId,
      launchIndex,
      securityGroupIds,
    };
    await tx.insert('instance', instance);
    await tagDocument(tx, instance, tags, context);
    const { accountId } = instance;
    await tagDocument(tx, { arn: interfaceArnOf(instance), accountId }, interfaceTags, context);
    const surroundings = await surroundingsOf(tx, instance);
    answers.push(toInstanceAnswer(instance, surroundings, context, INSTANCE_STATES.pending));
  }
  return {
    ReservationId: reservationId,
    OwnerId: context.caller.accountId,
    Groups: [],
    Instances: answers,
  };
});

/** What a launch may give tags to (EC2 API, RunInstances); of these, instances and interfaces are made. */
const TAGGED_BY_LAUNCH = [
  'elastic-gpu',
  'instance',
  'network-interface',
  'spot-instances-request',
  'volume',
] as const;

/** All of an instance that only depends on the call. */
const launched = (input: RunInstancesRequest, subnet: Subnet, context: RequestContext) => {
  const id = context.newId('instance');
  const now = context.now.toISOString();
  return {
    id,
    arn: ec2Arn(context, 'instance', id),
    accountId: context.caller.accountId,
    createdAt: now,
    lastUpdatedAt: now,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    imageId: input.ImageId!,
    instanceType: input.InstanceType ?? 'm1.small',
    ...(input.ClientToken !== undefined && { clientToken: input.ClientToken }),
    ...(input.KeyName !== undefined && { keyName: input.KeyName }),
    ...(input.UserData !== undefined && { userData: input.UserData }),
    networkInterfaceId: context.newId('networkInterface'),
    sourceDestCheck: true,
    disableApiTermination: input.DisableApiTermination ?? false,
    disableApiStop: input.DisableApiStop ?? false,
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? ('stop' as const),
    ebsOptimized: input.EbsOptimized ?? false,
    monitoring: input.Monitoring?.Enabled ?? false,
    ...(input.MetadataOptions !== undefined && {
      metadataOptions: parseMetadataOptions(input.MetadataOptions),
    }),
  };
};

const networkWishes = (input: RunInstancesRequest): NetworkWishes => {
  const [card, ...others] = input.NetworkInterfaces ?? [];
  if (others.length > 0) {
    throw unsupported('A second network interface', 'give one with DeviceIndex 0');
  }
  if (card !== undefined && (input.SubnetId ?? input.SecurityGroupIds?.[0]) !== undefined) {
    throw invalidParameterCombination(
      'Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request',
    );
  }
  if (card?.NetworkInterfaceId !== undefined) {
    throw unsupported('NetworkInterfaceId', 'give SubnetId instead');
  }
  if (card?.AssociatePublicIpAddress) {
    throw unsupported('AssociatePublicIpAddress', 'leave it out: there are no public addresses');
  }
  const from = card ?? input;
  const subnetId = from.SubnetId;
  if (subnetId === undefined) {
    throw ec2Error('VPCIdNotSpecified', 'No default VPC for this user: give SubnetId.');
  }
  if ((from.Ipv6Addresses?.length ?? 0) > 1 || (from.Ipv6AddressCount ?? 0) > 1) {
    throw unsupported('A second IPv6 address', 'give one');
  }
  const listed = card?.PrivateIpAddresses ?? [];
  if (listed.length > 1 || (card?.SecondaryPrivateIpAddressCount ?? 0) > 0) {
    throw unsupported('A secondary address', 'give one PrivateIpAddress');
  }
  return {
    subnetId,
    groupIds: card === undefined ? input.SecurityGroupIds : card.Groups,
    address: from.PrivateIpAddress ?? listed[0]?.PrivateIpAddress,
    ipv6Address: from.Ipv6Addresses?.[0]?.Ipv6Address,
    ipv6AddressCount: from.Ipv6AddressCount,
  };
};

/** Notes them as taken. */
const chooseAddresses = (
  subnet: Subnet,
  { address, ipv6Address, ipv6AddressCount }: NetworkWishes,
  taken: Set<string>,
): Pick<Instance, 'privateIpAddress' | 'ipv6Address'> => {
  const { cidrBlock, ipv6CidrBlock } = subnet;
  if (cidrBlock === undefined && address !== undefined) throw noIpv4In(subnet);
  const take = (block: string, wanted: string | undefined) => {
    const chosen = chooseAddress(block, subnet, taken, wanted);
    taken.add(chosen);
    return chosen;
  };
  const ipv4 = cidrBlock === undefined ? {} : { privateIpAddress: take(cidrBlock, address) };
  const wantsIpv6 =
    ipv6Address !== undefined ||
    (ipv6AddressCount === undefined ? subnet.assignIpv6AddressOnCreation : ipv6AddressCount > 0);
  if (!wantsIpv6) {
    if (isIpv6Only(subnet)) throw onlyIpv6In(subnet);
    return ipv4;
  }
  if (ipv6CidrBlock === undefined) throw noIpv6In(subnet);
  return { ...ipv4, ipv6Address: take(ipv6CidrBlock, ipv6Address) };
};

const refuseImage = (id: string) =>
  id === ''
    ? missingParameter('ImageId')
    : ec2Error('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);

const refuseUnbuilt = (input: RunInstancesRequest): void => {
  if (input.LaunchTemplate !== undefined) throw unsupported('LaunchTemplate', 'give its values');
  if (input.InstanceMarketOptions !== undefined) {
    throw unsupported('InstanceMarketOptions', 'leave it out');
  }
  if (input.SecurityGroups?.length) {
    throw unsupported('SecurityGroups', 'give SecurityGroupIds instead');
  }
};
