import { isIpv6Only, type Subnet, type Vpc } from '../../../../lattice/vpc.ts';
import type { CreateSubnetRequest } from '../../../../protocol/generated/ec2.ts';
import { zonesOf } from '../availability-zones/zones.ts';
import { ec2Arn } from '../ec2-arn.ts';
import { ec2Write } from '../ec2-operation.ts';
import {
  ec2Error,
  invalidParameterCombination,
  invalidParameterValue,
  missingEither,
  unsupported,
} from '../errors.ts';
import { getOwned } from '../owned.ts';
import { parseTagSpecifications, tagDocument } from '../tags/parse-tags.ts';
import { availableAddresses } from './available-addresses.ts';
import { toSubnetAnswer } from './subnet-answer.ts';
import { parseSubnetCidr, parseSubnetIpv6Cidr } from './subnet-cidr.ts';

/** Makes a subnet in a zone of the region, the first one when none is named. */
export const createSubnet = ec2Write<'CreateSubnet'>(async (tx, input, context) => {
  refuseUnbuilt(input);
  const vpc = await getOwned(tx, 'vpc', input.VpcId, context);
  const siblings = (await tx.list('subnet', { index: 'vpc', equals: vpc.id })).items;
  const blocks = parseBlocks(input, vpc, siblings);
  const availabilityZone = chooseZone(input, context.settings.region);
  const tags = parseTagSpecifications(input.TagSpecifications, 'subnet');
  if (siblings.length >= context.settings.quotas.subnetsPerVpc) {
    throw ec2Error('SubnetLimitExceeded', 'The maximum number of subnets has been reached.');
  }

  const id = context.newId('subnet');
  const now = context.now.toISOString();
  const subnet: Subnet = {
    id,
    arn: ec2Arn(context, 'subnet', id),
    accountId: context.caller.accountId,
    createdAt: now,
    lastUpdatedAt: now,
    vpcId: vpc.id,
    ...blocks,
    availabilityZone,
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: isIpv6Only(blocks),
  };
  await tx.insert('subnet', subnet);
  await tagDocument(tx, subnet, tags, context);
  const surroundings = { availableAddresses: await availableAddresses(tx, subnet), tags };
  return { Subnet: toSubnetAnswer(subnet, surroundings, context) };
});

/** An IPv6-only subnet has no IPv4 block; every other one has, and maybe both. */
const parseBlocks = (
  { CidrBlock: four, Ipv6CidrBlock: six, Ipv6Native: isNative = false }: CreateSubnetRequest,
  vpc: Vpc,
  siblings: readonly Subnet[],
): Pick<Subnet, 'cidrBlock' | 'ipv6CidrBlock'> => {
  if (isNative && four !== undefined) {
    throw invalidParameterCombination(
      'The parameter cidrBlock may not be specified with ipv6Native: an IPv6-only subnet has no IPv4 CIDR block.',
    );
  }
  if (!isNative && four === undefined) throw missingEither('cidrBlock', 'ipv4IpamPoolId');
  if (isNative && six === undefined) throw missingEither('ipv6CidrBlock', 'ipv6IpamPoolId');
  return {
    ...(four !== undefined && { cidrBlock: parseSubnetCidr(four, vpc, siblings) }),
    ...(six !== undefined && { ipv6CidrBlock: parseSubnetIpv6Cidr(six, vpc, siblings) }),
  };
};

const chooseZone = (input: CreateSubnetRequest, region: string): string => {
  const { AvailabilityZone: name, AvailabilityZoneId: id } = input;
  const zones = zonesOf(region);
  if (name !== undefined && id !== undefined) {
    throw invalidParameterCombination(
      'Only one of availabilityZone and availabilityZoneId may be specified.',
    );
  }
  if (id !== undefined) {
    const zone = zones.find((one) => one.id === id);
    if (zone) return zone.name;
    throw refuseZone(
      'availabilityZoneId',
      id,
      zones.map((one) => one.id),
    );
  }
  const names = zones.map((zone) => zone.name);
  if (name === undefined) return names[0]!;
  if (!names.includes(name)) throw refuseZone('availabilityZone', name, names);
  return name;
};

const refuseZone = (parameter: string, value: string, allowed: readonly string[]) =>
  invalidParameterValue(
    `Value (${value}) for parameter ${parameter} is invalid. Subnets can currently only be ` +
      `created in the following availability zones: ${allowed.join(', ')}.`,
  );

const refuseUnbuilt = (input: CreateSubnetRequest): void => {
  if (input.OutpostArn !== undefined) throw unsupported('OutpostArn', 'leave it out');
  if (
    input.Ipv4IpamPoolId !== undefined ||
    input.Ipv4NetmaskLength !== undefined ||
    input.Ipv6IpamPoolId !== undefined ||
    input.Ipv6NetmaskLength !== undefined
  ) {
    throw unsupported('Ipv4IpamPoolId', 'give CidrBlock and Ipv6CidrBlock instead');
  }
};
