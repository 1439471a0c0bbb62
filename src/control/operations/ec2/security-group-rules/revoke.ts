import type { SecurityGroup, SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { Ec2Operations } from '../../../../protocol/generated/ec2.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error } from '../errors.ts';
import { findGroup } from '../security-groups/find-group.ts';
import { type PermissionsInput, parsePermissions } from './parse-permissions.ts';
import { removeRule } from './remove-rule.ts';
import { toRevokedRule } from './rule-answer.ts';
import { ruleKey } from './rule-spec.ts';
import { rulesById } from './rules-by-id.ts';
import { rulesOf } from './rules-of.ts';

interface RevokeInput extends PermissionsInput {
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly SecurityGroupRuleIds?: readonly string[];
}

/** Takes rules of one direction away from a group, by id or by what they say: all of them or none. */
export const revoke = async (
  tx: WriteTransaction,
  input: RevokeInput,
  isEgress: boolean,
  context: RequestContext,
): Promise<Ec2Operations['RevokeSecurityGroupIngress']['output']> => {
  const group = await findGroup(tx, input, context);
  const rules = input.SecurityGroupRuleIds?.length
    ? await rulesById(tx, group, input.SecurityGroupRuleIds, isEgress, context)
    : await rulesByPermission(tx, group, input, isEgress, context);
  for (const rule of rules) await removeRule(tx, rule);
  return {
    Return: true,
    UnknownIpPermissions: [],
    RevokedSecurityGroupRules: rules.map(toRevokedRule),
  };
};

/** Outside a default VPC an unknown rule is an error and nothing is revoked (EC2 API, RevokeSecurityGroupIngress). */
const rulesByPermission = async (
  tx: WriteTransaction,
  group: SecurityGroup,
  input: PermissionsInput,
  isEgress: boolean,
  context: RequestContext,
): Promise<readonly SecurityGroupRule[]> => {
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
    return rule;
  });
};
