import type { Ec2Operations, TagSpecification } from '../../../../protocol/generated/ec2.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error } from '../errors.ts';
import { findGroup } from '../security-groups/find-group.ts';
import { parseTagSpecifications, tagDocument } from '../tags/parse-tags.ts';
import { insertRule } from './insert-rule.ts';
import { type PermissionsInput, parsePermissions } from './parse-permissions.ts';
import { toRuleAnswer } from './rule-answer.ts';
import { describeRule, type RuleSpec, ruleKey } from './rule-spec.ts';
import { rulesOf } from './rules-of.ts';

interface AuthorizeInput extends PermissionsInput {
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly TagSpecifications?: readonly TagSpecification[];
}

/** Adds rules of one direction to a group: all of them or none. */
export const authorize = async (
  tx: WriteTransaction,
  input: AuthorizeInput,
  isEgress: boolean,
  context: RequestContext,
): Promise<Ec2Operations['AuthorizeSecurityGroupIngress']['output']> => {
  const group = await findGroup(tx, input, context);
  const specs = await parsePermissions(tx, group, input, isEgress, context);
  const tags = parseTagSpecifications(input.TagSpecifications, 'security-group-rule');
  await assertRoomFor(tx, group.id, specs, context);

  const SecurityGroupRules = [];
  for (const spec of specs) {
    const rule = await insertRule(tx, group, spec, context);
    await tagDocument(tx, rule, tags, context);
    SecurityGroupRules.push(toRuleAnswer(rule, tags));
  }
  return { Return: true, SecurityGroupRules };
};

const assertRoomFor = async (
  tx: WriteTransaction,
  groupId: string,
  specs: readonly RuleSpec[],
  context: RequestContext,
): Promise<void> => {
  const rules = await rulesOf(tx, groupId);
  const taken = new Set(rules.map(ruleKey));
  for (const spec of specs) {
    if (taken.has(ruleKey(spec))) {
      throw ec2Error(
        'InvalidPermission.Duplicate',
        `the specified rule "${describeRule(spec)}" already exists`,
      );
    }
  }
  if (rules.length + specs.length > context.settings.quotas.rulesPerSecurityGroup) {
    throw ec2Error(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
};
