import type { SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type {
  RevokedSecurityGroupRule,
  SecurityGroupRule as RuleAnswer,
} from '../../../../protocol/generated/ec2.ts';
import type { Tags } from '../../../tags.ts';
import { toTagList } from '../tags/tag-list.ts';

/** A rule as the API shows it. */
export const toRuleAnswer = (rule: SecurityGroupRule, tags: Tags): RuleAnswer => ({
  ...toMembers(rule),
  GroupOwnerId: rule.accountId,
  ReferencedGroupInfo:
    rule.referencedGroupId === undefined
      ? undefined
      : { GroupId: rule.referencedGroupId, UserId: rule.referencedAccountId ?? rule.accountId },
  Tags: toTagList(tags),
  SecurityGroupRuleArn: rule.arn,
});

export const toRevokedRule = (rule: SecurityGroupRule): RevokedSecurityGroupRule => ({
  ...toMembers(rule),
  ReferencedGroupId: rule.referencedGroupId,
});

const toMembers = (rule: SecurityGroupRule) => ({
  SecurityGroupRuleId: rule.id,
  GroupId: rule.groupId,
  IsEgress: rule.isEgress,
  IpProtocol: rule.ipProtocol,
  FromPort: rule.fromPort,
  ToPort: rule.toPort,
  CidrIpv4: rule.cidrIpv4,
  CidrIpv6: rule.cidrIpv6,
  PrefixListId: rule.prefixListId,
  Description: rule.description,
});
