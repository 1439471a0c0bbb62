import type { SecurityGroup, SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { FilterTable } from '../filters.ts';

type RulesOf = (group: SecurityGroup) => readonly SecurityGroupRule[];

/** Filters of DescribeSecurityGroups; those for `ip-permission.…` look at the group's rules. */
export const groupFilters = (rulesOf: RulesOf): FilterTable<SecurityGroup> => ({
  description: ({ description }) => description,
  'group-id': ({ id }) => id,
  'group-name': ({ groupName }) => groupName,
  'owner-id': ({ accountId }) => accountId,
  'vpc-id': ({ vpcId }) => vpcId,
  ...permissionFilters('ip-permission', (group) =>
    rulesOf(group).filter(({ isEgress }) => !isEgress),
  ),
  ...permissionFilters('egress.ip-permission', (group) =>
    rulesOf(group).filter(({ isEgress }) => isEgress),
  ),
});

const permissionFilters = (prefix: string, rules: RulesOf): FilterTable<SecurityGroup> => ({
  [`${prefix}.cidr`]: (group) => rules(group).map(({ cidrIpv4 }) => cidrIpv4),
  [`${prefix}.ipv6-cidr`]: (group) => rules(group).map(({ cidrIpv6 }) => cidrIpv6),
  [`${prefix}.prefix-list-id`]: (group) => rules(group).map(({ prefixListId }) => prefixListId),
  [`${prefix}.group-id`]: (group) => rules(group).map((rule) => rule.referencedGroupId),
  [`${prefix}.user-id`]: (group) =>
    rules(group).map(
      (rule) => rule.referencedGroupId && (rule.referencedAccountId ?? rule.accountId),
    ),
  [`${prefix}.protocol`]: (group) => rules(group).map(({ ipProtocol }) => ipProtocol),
  [`${prefix}.from-port`]: (group) => rules(group).map(({ fromPort }) => fromPort),
  [`${prefix}.to-port`]: (group) => rules(group).map(({ toPort }) => toPort),
});
