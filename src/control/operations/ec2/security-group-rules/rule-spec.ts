import type { SecurityGroupRule } from '../../../../lattice/vpc.ts';

/** What a rule says, without its identity. */
export type RuleSpec = Pick<
  SecurityGroupRule,
  | 'isEgress'
  | 'ipProtocol'
  | 'fromPort'
  | 'toPort'
  | 'cidrIpv4'
  | 'cidrIpv6'
  | 'prefixListId'
  | 'referencedGroupId'
  | 'referencedAccountId'
  | 'description'
>;

export const peerOf = (rule: RuleSpec): string =>
  rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.referencedGroupId ?? '';

/** Two rules with the same key allow the same traffic; a description makes no difference. */
export const ruleKey = (rule: RuleSpec): string =>
  [rule.isEgress, rule.ipProtocol, rule.fromPort, rule.toPort, peerOf(rule)].join('/');

/** As AWS names a rule in errors. */
export const describeRule = (rule: RuleSpec): string => {
  const ports =
    rule.ipProtocol === '-1' ? '' : `, from port: ${rule.fromPort}, to port: ${rule.toPort}`;
  const protocol = rule.ipProtocol === '-1' ? 'ALL' : rule.ipProtocol.toUpperCase();
  return `peer: ${peerOf(rule)}, ${protocol}${ports}, ALLOW`;
};
