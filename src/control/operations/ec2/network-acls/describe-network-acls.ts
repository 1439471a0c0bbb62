import type { NetworkAcl } from '../../../../protocol/generated/ec2.ts';
import { readTags } from '../../../tags.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable, onlyValue } from '../filters.ts';
import { cutPage } from '../page.ts';
import { subnetsIn, vpcsOf } from '../vpcs/vpcs-of.ts';
import { toAclAnswer } from './acl-answer.ts';
import { aclsIn, findAcl } from './find-acl.ts';

/** Network ACLs of the caller's VPCs, all or those named, that match the filters. */
export const describeNetworkAcls = ec2Read<'DescribeNetworkAcls'>(async (tx, input, context) => {
  const { NetworkAclIds: ids = [] } = input;
  for (const id of ids) await findAcl(tx, id, context);
  const rows: Row[] = [];
  for (const vpc of await vpcsOf(tx, onlyValue(input.Filters, 'vpc-id'), context)) {
    const subnets = await subnetsIn(tx, vpc.id);
    for (const acl of await aclsIn(tx, vpc)) {
      if (ids.length > 0 && !ids.includes(acl.id)) continue;
      const answer = toAclAnswer(acl, vpc, subnets, await readTags(tx, acl.arn));
      rows.push({ arn: acl.arn, answer });
    }
  }
  const matching = await applyFilters(tx, rows, input.Filters, FILTERS, ({ arn }) => arn);
  const keyOf = ({ answer }: Row) => answer.NetworkAclId!;
  const page = cutPage(matching, keyOf, 'DescribeNetworkAcls', input, context);
  return { NetworkAcls: page.rows.map(({ answer }) => answer), NextToken: page.nextToken };
});

interface Row {
  readonly arn: string;
  readonly answer: NetworkAcl;
}

const FILTERS: FilterTable<Row> = {
  'association.association-id': ({ answer }) =>
    answer.Associations!.map(({ NetworkAclAssociationId }) => NetworkAclAssociationId),
  'association.network-acl-id': ({ answer }) =>
    answer.Associations!.map(({ NetworkAclId }) => NetworkAclId),
  'association.subnet-id': ({ answer }) => answer.Associations!.map(({ SubnetId }) => SubnetId),
  default: ({ answer }) => answer.IsDefault,
  'entry.cidr': ({ answer }) => answer.Entries!.map(({ CidrBlock }) => CidrBlock),
  'entry.ipv6-cidr': ({ answer }) => answer.Entries!.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
  'entry.egress': ({ answer }) => answer.Entries!.map(({ Egress }) => Egress),
  'entry.icmp.code': ({ answer }) => answer.Entries!.map(({ IcmpTypeCode }) => IcmpTypeCode?.Code),
  'entry.icmp.type': ({ answer }) => answer.Entries!.map(({ IcmpTypeCode }) => IcmpTypeCode?.Type),
  'entry.port-range.from': ({ answer }) => answer.Entries!.map(({ PortRange }) => PortRange?.From),
  'entry.port-range.to': ({ answer }) => answer.Entries!.map(({ PortRange }) => PortRange?.To),
  'entry.protocol': ({ answer }) => answer.Entries!.map(({ Protocol }) => Protocol),
  'entry.rule-action': ({ answer }) => answer.Entries!.map(({ RuleAction }) => RuleAction),
  'entry.rule-number': ({ answer }) => answer.Entries!.map(({ RuleNumber }) => RuleNumber),
  'network-acl-id': ({ answer }) => answer.NetworkAclId,
  'owner-id': ({ answer }) => answer.OwnerId,
  'vpc-id': ({ answer }) => answer.VpcId,
};
