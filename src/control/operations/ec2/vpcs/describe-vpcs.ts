import type { Vpc } from '../../../../lattice/vpc.ts';
import type { RequestContext } from '../../../operation.ts';
import { sharedVpcs } from '../../../shared-subnets.ts';
import { readTags } from '../../../tags.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable } from '../filters.ts';
import { byCreation, cutPage } from '../page.ts';
import { getUsableVpcs } from '../usable.ts';
import { dhcpOptionsId, IPV6_POOL, ipv6AssociationId, toVpcAnswer } from './vpc-answer.ts';

/** VPCs of the caller and those in which subnets are shared with it, all or those named, that match the filters. */
export const describeVpcs = ec2Read<'DescribeVpcs'>(async (tx, input, context) => {
  const ofCaller = { index: 'account', equals: context.caller.accountId };
  const candidates = input.VpcIds?.length
    ? await getUsableVpcs(tx, input.VpcIds, context)
    : [...(await tx.list('vpc', ofCaller)).items, ...(await sharedVpcs(tx, context))];
  const table = vpcFilters(context);
  const matching = await applyFilters(tx, candidates, input.Filters, table, ({ arn }) => arn);
  const page = cutPage(matching, byCreation, 'DescribeVpcs', input, context);
  const Vpcs = [];
  for (const vpc of page.rows) {
    // Tags are for the owner to see.
    const isOwn = vpc.accountId === context.caller.accountId;
    Vpcs.push(toVpcAnswer(vpc, isOwn ? await readTags(tx, vpc.arn) : {}, context));
  }
  return { Vpcs, NextToken: page.nextToken };
});

const vpcFilters = (context: RequestContext): FilterTable<Vpc> => {
  const ifIpv6 = (value: (vpc: Vpc) => string) => (vpc: Vpc) =>
    vpc.ipv6CidrBlock === undefined ? undefined : value(vpc);
  return {
    cidr: ({ cidrBlock }) => cidrBlock,
    cidrBlock: ({ cidrBlock }) => cidrBlock,
    'cidr-block-association.association-id': ({ cidrAssociationId }) => cidrAssociationId,
    'cidr-block-association.cidr-block': ({ cidrBlock }) => cidrBlock,
    'cidr-block-association.state': () => 'associated',
    'dhcp-options-id': () => dhcpOptionsId(context),
    dhcpOptionsId: () => dhcpOptionsId(context),
    'ipv6-cidr-block-association.association-id': ifIpv6(ipv6AssociationId),
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6CidrBlock }) => ipv6CidrBlock,
    'ipv6-cidr-block-association.ipv6-pool': ifIpv6(() => IPV6_POOL),
    'ipv6-cidr-block-association.state': ifIpv6(() => 'associated'),
    'is-default': () => false,
    isDefault: () => false,
    'owner-id': ({ accountId }) => accountId,
    state: () => 'available',
    'vpc-id': ({ id }) => id,
  };
};
