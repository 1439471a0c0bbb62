import type { SecurityGroup, SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Arn } from '../ec2-arn.ts';
import type { RuleSpec } from './rule-spec.ts';

/** Adds a rule that has been checked. */
export const insertRule = async (
  tx: WriteTransaction,
  group: SecurityGroup,
  spec: RuleSpec,
  context: RequestContext,
): Promise<SecurityGroupRule> => {
  const id = context.newId('securityGroupRule');
  const now = context.now.toISOString();
  const rule: SecurityGroupRule = {
    id,
    arn: ec2Arn(context, 'security-group-rule', id),
    accountId: group.accountId,
    createdAt: now,
    lastUpdatedAt: now,
    groupId: group.id,
    ...spec,
  };
  await tx.insert('securityGroupRule', rule);
  return rule;
};
