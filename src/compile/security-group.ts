import { parseArn } from '../lattice/arn.ts';
import { managedPrefixLists } from '../lattice/prefix-list.ts';
import type { SecurityGroupRule } from '../lattice/vpc.ts';
import type { SecurityGroupPart, SecurityRulePart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { oldestFirst } from './grouped.ts';

export const compileSecurityGroup = (
  index: DocumentIndex,
  id: string,
): SecurityGroupPart | undefined => {
  const group = index.get('securityGroup', id);
  if (!group) return undefined;
  const region = parseArn(group.arn)?.region ?? '';
  return {
    kind: 'securityGroup',
    id,
    vpcId: group.vpcId,
    accountId: group.accountId,
    name: group.groupName,
    rules: oldestFirst(index.rulesBySecurityGroup.of(id)).map((rule) => compileRule(rule, region)),
  };
};

const compileRule = (rule: SecurityGroupRule, region: string): SecurityRulePart => {
  const { id, isEgress, ipProtocol, fromPort, toPort, prefixListId, referencedGroupId } = rule;
  return {
    id,
    isEgress,
    protocol: ipProtocol,
    fromPort,
    toPort,
    cidrs: cidrsOf(rule, region),
    ...(prefixListId !== undefined && { prefixListId }),
    ...(referencedGroupId !== undefined && { referencedGroupId }),
  };
};

const cidrsOf = (
  { cidrIpv4, cidrIpv6, prefixListId }: SecurityGroupRule,
  region: string,
): readonly string[] => {
  const cidr = cidrIpv4 ?? cidrIpv6;
  if (cidr !== undefined) return [cidr];
  if (prefixListId === undefined) return [];
  return managedPrefixLists(region).find((list) => list.id === prefixListId)?.cidrs ?? [];
};
