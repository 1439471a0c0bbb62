import { isIpv6Only, type Subnet } from '../../../../lattice/vpc.ts';
import type { RequestContext } from '../../../operation.ts';
import { sharedSubnets } from '../../../shared-subnets.ts';
import { readTags } from '../../../tags.ts';
import { zoneId } from '../availability-zones/zones.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable, onlyValue } from '../filters.ts';
import { byCreation, cutPage } from '../page.ts';
import { getUsableSubnets } from '../usable.ts';
import { availableAddresses } from './available-addresses.ts';
import { privateDnsNameOptions, subnetIpv6AssociationId, toSubnetAnswer } from './subnet-answer.ts';

/** Subnets of the caller and those shared with it, all or those named, that match the filters. */
export const describeSubnets = ec2Read<'DescribeSubnets'>(async (tx, input, context) => {
  const { accountId } = context.caller;
  const vpcId = onlyValue(input.Filters, 'vpc-id');
  const candidates = input.SubnetIds?.length
    ? await getUsableSubnets(tx, input.SubnetIds, context)
    : [
        ...(
          await tx.list(
            'subnet',
            vpcId === undefined
              ? { index: 'account', equals: accountId }
              : { index: 'vpc', equals: vpcId },
          )
        ).items.filter((subnet) => subnet.accountId === accountId),
        ...(await sharedSubnets(tx, context)),
      ];
  const available = new Map<string, number>();
  for (const subnet of candidates) available.set(subnet.id, await availableAddresses(tx, subnet));
  const table = subnetFilters(available, context);
  const matching = await applyFilters(tx, candidates, input.Filters, table, ({ arn }) => arn);
  const page = cutPage(matching, byCreation, 'DescribeSubnets', input, context);
  const Subnets = [];
  for (const subnet of page.rows) {
    // Tags are for the owner to see.
    const tags = subnet.accountId === accountId ? await readTags(tx, subnet.arn) : {};
    const surroundings = { availableAddresses: available.get(subnet.id)!, tags };
    Subnets.push(toSubnetAnswer(subnet, surroundings, context));
  }
  return { Subnets, NextToken: page.nextToken };
});

const subnetFilters = (
  available: ReadonlyMap<string, number>,
  context: RequestContext,
): FilterTable<Subnet> => {
  const zone = ({ availabilityZone }: Subnet) => availabilityZone;
  const zoneIdOf = ({ availabilityZone }: Subnet) =>
    zoneId(context.settings.region, availabilityZone);
  const cidr = ({ cidrBlock }: Subnet) => cidrBlock;
  const ifIpv6 = (value: (subnet: Subnet) => string) => (subnet: Subnet) =>
    subnet.ipv6CidrBlock === undefined ? undefined : value(subnet);
  return {
    'availability-zone': zone,
    availabilityZone: zone,
    'availability-zone-id': zoneIdOf,
    availabilityZoneId: zoneIdOf,
    'available-ip-address-count': ({ id }) => available.get(id),
    cidr,
    'cidr-block': cidr,
    cidrBlock: cidr,
    'default-for-az': () => false,
    defaultForAz: () => false,
    'enable-dns64': ({ enableDns64 }) => enableDns64 ?? false,
    'ipv6-cidr-block-association.association-id': ifIpv6(subnetIpv6AssociationId),
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6CidrBlock }) => ipv6CidrBlock,
    'ipv6-cidr-block-association.state': ifIpv6(() => 'associated'),
    'ipv6-native': isIpv6Only,
    'map-customer-owned-ip-on-launch': () => false,
    'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch,
    'owner-id': ({ accountId }) => accountId,
    'private-dns-name-options-on-launch.hostname-type': (subnet) =>
      privateDnsNameOptions(subnet).hostnameType,
    'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': (subnet) =>
      privateDnsNameOptions(subnet).enableResourceNameDnsARecord,
    'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': (subnet) =>
      privateDnsNameOptions(subnet).enableResourceNameDnsAAAARecord,
    state: () => 'available',
    'subnet-arn': ({ arn }) => arn,
    'subnet-id': ({ id }) => id,
    'vpc-id': ({ vpcId }) => vpcId,
  };
};
