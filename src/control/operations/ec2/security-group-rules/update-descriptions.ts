import type { SecurityGroup, SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type {
  Ec2Operations,
  IpPermission,
  SecurityGroupRuleDescription,
} from '../../../../protocol/generated/ec2.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error, missingParameter } from '../errors.ts';
import { findGroup } from '../security-groups/find-group.ts';
import { assertRuleDescription } from '../security-groups/group-name.ts';
import { parsePermissions } from './parse-permissions.ts';
import { ruleKey } from './rule-spec.ts';
import { rulesById } from './rules-by-id.ts';
import { rulesOf } from './rules-of.ts';

interface DescriptionsInput {
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly IpPermissions?: readonly IpPermission[];
  readonly SecurityGroupRuleDescriptions?: readonly SecurityGroupRuleDescription[];
}

/** Changes descriptions of a group's rules, by id or by what they say; without a description, removes it. */
export const updateDescriptions = async (
  tx: WriteTransaction,
  input: DescriptionsInput,
  isEgress: boolean,
  context: RequestContext,
): Promise<Ec2Operations['UpdateSecurityGroupRuleDescriptionsIngress']['output']> => {
  const group = await findGroup(tx, input, context);
  const updates = input.SecurityGroupRuleDescriptions?.length
    ? await byId(tx, group, input.SecurityGroupRuleDescriptions, isEgress, context)
    : await byPermission(tx, group, input, isEgress, context);
  for (const { rule, description } of updates) {
    const { description: _, ...rest } = rule;
    await tx.update('securityGroupRule', {
      ...rest,
      ...(description && { description }),
      lastUpdatedAt: context.now.toISOString(),
    });
  }
  return { Return: true };
};

interface Update {
  readonly rule: SecurityGroupRule;
  readonly description: string | undefined;
}

const byId = async (
  tx: WriteTransaction,
  group: SecurityGroup,
  descriptions: readonly SecurityGroupRuleDescription[],
  isEgress: boolean,
  context: RequestContext,
): Promise<readonly Update[]> => {
  const updates: Update[] = [];
  for (const { SecurityGroupRuleId, Description } of descriptions) {
    if (SecurityGroupRuleId === undefined) throw missingParameter('securityGroupRuleId');
    if (Description) assertRuleDescription(Description);
    const [rule] = await rulesById(tx, group, [SecurityGroupRuleId], isEgress, context);
    updates.push({ rule: rule!, description: Description });
  }
  return updates;
};

const byPermission = async (
  tx: WriteTransaction,
  group: SecurityGroup,
  input: DescriptionsInput,
  isEgress: boolean,
  context: RequestContext,
): Promise<readonly Update[]> => {
  const specs = await parsePermissions(tx, group, input, isEgress, context);
  const byKey = new Map((await rulesOf(tx, group.id)).map((rule) => [ruleKey(rule), rule]));
  return specs.map((spec) => {
    const rule = byKey.get(ruleKey(spec));
    if (!rule) {
      throw ec2Error(
        'InvalidPermission.NotFound',
        'The specified rule does not exist in this security group.',
      );
    }
    return { rule, description: spec.description };
  });
};
