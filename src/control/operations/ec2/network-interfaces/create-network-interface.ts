import { isIpv6Only, type NetworkInterface, type Subnet } from '../../../../lattice/vpc.ts';
import type { CreateNetworkInterfaceRequest } from '../../../../protocol/generated/ec2.ts';
import { ec2Arn } from '../ec2-arn.ts';
import { ec2Write } from '../ec2-operation.ts';
import { ec2Error, invalidParameterValue, unsupported } from '../errors.ts';
import { chooseAddress, noIpv4In, noIpv6In, onlyIpv6In } from '../instances/choose-address.ts';
import { groupsOf } from '../instances/instance-answer.ts';
import { parseTagSpecifications, tagDocument } from '../tags/parse-tags.ts';
import { getUsableSubnet } from '../usable.ts';
import { chooseGroups } from './choose-groups.ts';
import { toInterfaceAnswer } from './interface-answer.ts';
import { interfacesIn, takenAddresses } from './taken-addresses.ts';

/** As many addresses of a family as one interface may have here; AWS's limit depends on the instance type. */
const MOST_ADDRESSES = 50;

/** Makes a network interface: addresses of a subnet, and the security groups of whoever has them. */
export const createNetworkInterface = ec2Write<'CreateNetworkInterface'>(
  async (tx, input, context) => {
    refuseUnbuilt(input);
    const subnet = await getUsableSubnet(tx, input.SubnetId, context);
    const tags = parseTagSpecifications(input.TagSpecifications, 'network-interface');
    const groupIds = await chooseGroups(tx, subnet, input.Groups, context);
    const others = await interfacesIn(tx, subnet.vpcId);
    if (others.length >= context.settings.quotas.networkInterfacesPerVpc) {
      throw ec2Error(
        'NetworkInterfaceLimitExceeded',
        `The maximum number of network interfaces for VPC '${subnet.vpcId}' has been reached.`,
      );
    }
    const taken = await takenAddresses(tx, subnet.vpcId);
    const id = context.newId('networkInterface');
    const now = context.now.toISOString();
    const document: NetworkInterface = {
      id,
      arn: ec2Arn(context, 'network-interface', id),
      accountId: context.caller.accountId,
      createdAt: now,
      lastUpdatedAt: now,
      vpcId: subnet.vpcId,
      subnetId: subnet.id,
      privateIpAddresses: takeIpv4(subnet, taken, input),
      ipv6Addresses: takeIpv6(subnet, taken, input),
      groupIds,
      description: input.Description ?? '',
      sourceDestCheck: true,
    };
    await tx.insert('networkInterface', document);
    await tagDocument(tx, document, tags, context);
    const groups = await groupsOf(tx, { securityGroupIds: groupIds });
    return { NetworkInterface: toInterfaceAnswer(document, { subnet, groups, tags }, context) };
  },
);

/** One for each address: the one that is wanted, or undefined for any. */
type Wishes = readonly (string | undefined)[];

const takeIpv4 = (
  subnet: Subnet,
  taken: Set<string>,
  input: CreateNetworkInterfaceRequest,
): readonly string[] => {
  const { cidrBlock } = subnet;
  const wishes = ipv4Wishes(input);
  if (cidrBlock !== undefined) return takeAll(cidrBlock, subnet, taken, wishes);
  // Who wants nothing in particular wishes for any address.
  if (wishes.length > 1 || wishes[0] !== undefined) throw noIpv4In(subnet);
  return [];
};

/** The primary address first. */
const ipv4Wishes = (input: CreateNetworkInterfaceRequest): Wishes => {
  const { PrivateIpAddress, PrivateIpAddresses = [], SecondaryPrivateIpAddressCount = 0 } = input;
  const primary = PrivateIpAddresses.find(({ Primary }) => Primary)?.PrivateIpAddress;
  const secondary = PrivateIpAddresses.filter(({ Primary }) => !Primary);
  const isListed = primary === undefined && PrivateIpAddress === undefined && secondary.length > 0;
  return [
    // Where none is called the primary one, the first of the list is.
    ...(isListed ? [] : [PrivateIpAddress ?? primary]),
    ...secondary.map((one) => one.PrivateIpAddress),
    ...anyOf(SecondaryPrivateIpAddressCount),
  ];
};

const takeIpv6 = (
  subnet: Subnet,
  taken: Set<string>,
  { Ipv6Addresses = [], Ipv6AddressCount }: CreateNetworkInterfaceRequest,
): readonly string[] => {
  const byDefault = subnet.assignIpv6AddressOnCreation && Ipv6Addresses.length === 0 ? 1 : 0;
  const wishes = [
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
    ...anyOf(Ipv6AddressCount ?? byDefault),
  ];
  if (wishes.length === 0) {
    if (isIpv6Only(subnet)) throw onlyIpv6In(subnet);
    return [];
  }
  if (subnet.ipv6CidrBlock === undefined) throw noIpv6In(subnet);
  return takeAll(subnet.ipv6CidrBlock, subnet, taken, wishes);
};

const anyOf = (count: number): Wishes => {
  if (count < 0 || count > MOST_ADDRESSES) throw tooMany();
  return new Array<undefined>(count).fill(undefined);
};

/** Wanted ones before any that is free, so that none of those is one of these. Notes them as taken. */
const takeAll = (
  block: string,
  subnet: Subnet,
  taken: Set<string>,
  wishes: Wishes,
): readonly string[] => {
  if (wishes.length > MOST_ADDRESSES) throw tooMany();
  const chosen: string[] = [];
  const order = [...wishes.keys()].sort(
    (a, b) => Number(wishes[b] !== undefined) - Number(wishes[a] !== undefined),
  );
  for (const place of order) {
    const address = chooseAddress(block, subnet, taken, wishes[place]);
    taken.add(address);
    chosen[place] = address;
  }
  return chosen;
};

const tooMany = () =>
  invalidParameterValue(`A network interface may have ${MOST_ADDRESSES} addresses at most.`);

const refuseUnbuilt = (input: CreateNetworkInterfaceRequest): void => {
  const { InterfaceType = 'interface' } = input;
  if ((InterfaceType as string) !== 'interface') {
    throw unsupported(`InterfaceType ${InterfaceType}`, 'leave it out');
  }
  const prefixes = [input.Ipv4Prefixes, input.Ipv6Prefixes].some((list) => list?.length);
  if (prefixes || input.Ipv4PrefixCount || input.Ipv6PrefixCount) {
    throw unsupported('Prefixes of network interfaces', 'give addresses instead');
  }
};
