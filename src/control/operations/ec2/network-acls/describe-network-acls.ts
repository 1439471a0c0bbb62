import type { Subnet, Vpc } from '../../../../lattice/vpc.ts';
import type { NetworkAcl, NetworkAclEntry } from '../../../../protocol/generated/ec2.ts';
import { derivedId } from '../derived-id.ts';
import { ec2Read } from '../ec2-operation.ts';
import { ec2Error } from '../errors.ts';
import { applyFilters, type FilterTable, onlyValue } from '../filters.ts';
import { cutPage } from '../page.ts';
import { subnetsIn, vpcsOf } from '../vpcs/vpcs-of.ts';

/**
 * The default network ACL of each VPC, which all its subnets have. It follows from the VPC: there
 * are no others, and it lets everything through.
 */
export const describeNetworkAcls = ec2Read<'DescribeNetworkAcls'>(async (tx, input, context) => {
  const acls: NetworkAcl[] = [];
  for (const vpc of await vpcsOf(tx, onlyValue(input.Filters, 'vpc-id'), context)) {
    acls.push(toAcl(vpc, await subnetsIn(tx, vpc.id)));
  }
  for (const id of input.NetworkAclIds ?? []) {
    if (acls.some(({ NetworkAclId }) => NetworkAclId === id)) continue;
    throw ec2Error('InvalidNetworkAclID.NotFound', `The networkAcl ID '${id}' does not exist`);
  }
  const named = input.NetworkAclIds?.length
    ? acls.filter(({ NetworkAclId }) => input.NetworkAclIds!.includes(NetworkAclId!))
    : acls;
  const matching = await applyFilters(tx, named, input.Filters, FILTERS);
  const page = cutPage(
    matching,
    ({ NetworkAclId }) => NetworkAclId!,
    'DescribeNetworkAcls',
    input,
    context,
  );
  return { NetworkAcls: page.rows, NextToken: page.nextToken };
});

const FILTERS: FilterTable<NetworkAcl> = {
  'association.association-id': (acl) =>
    acl.Associations!.map((association) => association.NetworkAclAssociationId),
  'association.network-acl-id': (acl) =>
    acl.Associations!.map((association) => association.NetworkAclId),
  'association.subnet-id': (acl) => acl.Associations!.map((association) => association.SubnetId),
  default: () => true,
  'entry.cidr': (acl) => acl.Entries!.map((entry) => entry.CidrBlock),
  'entry.ipv6-cidr': (acl) => acl.Entries!.map((entry) => entry.Ipv6CidrBlock),
  'entry.egress': (acl) => acl.Entries!.map((entry) => entry.Egress),
  'entry.protocol': (acl) => acl.Entries!.map((entry) => entry.Protocol),
  'entry.rule-action': (acl) => acl.Entries!.map((entry) => entry.RuleAction),
  'entry.rule-number': (acl) => acl.Entries!.map((entry) => entry.RuleNumber),
  'network-acl-id': (acl) => acl.NetworkAclId,
  'owner-id': (acl) => acl.OwnerId,
  'vpc-id': (acl) => acl.VpcId,
};

const toAcl = (vpc: Vpc, subnets: readonly Subnet[]): NetworkAcl => ({
  Associations: subnets.map(({ id }) => ({
    NetworkAclAssociationId: derivedId('networkAclAssociation', id),
    NetworkAclId: vpc.defaultNetworkAclId,
    SubnetId: id,
  })),
  Entries: [false, true].flatMap((egress) => [
    ...entries(egress, { CidrBlock: '0.0.0.0/0' }, 100, 32_767),
    ...(vpc.ipv6CidrBlock === undefined
      ? []
      : entries(egress, { Ipv6CidrBlock: '::/0' }, 101, 32_768)),
  ]),
  IsDefault: true,
  NetworkAclId: vpc.defaultNetworkAclId,
  Tags: [],
  VpcId: vpc.id,
  OwnerId: vpc.accountId,
});

/** Allow all, then the rule that AWS shows as `*`. */
const entries = (
  Egress: boolean,
  block: Pick<NetworkAclEntry, 'CidrBlock' | 'Ipv6CidrBlock'>,
  allow: number,
  deny: number,
): NetworkAclEntry[] => [
  { ...block, Egress, Protocol: '-1', RuleAction: 'allow', RuleNumber: allow },
  { ...block, Egress, Protocol: '-1', RuleAction: 'deny', RuleNumber: deny },
];
