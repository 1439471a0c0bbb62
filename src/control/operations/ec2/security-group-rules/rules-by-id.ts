import type { SecurityGroup, SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error } from '../errors.ts';
import { getAllOwned } from '../owned.ts';

/**
 * Rules of one group, by id.
 *
 * @param isEgress Absent: of either direction.
 * @throws InvalidSecurityGroupRuleId.NotFound, also for rules of other groups or the other direction.
 */
export const rulesById = async (
  tx: ReadTransaction,
  group: SecurityGroup,
  ids: readonly string[],
  isEgress: boolean | undefined,
  context: RequestContext,
): Promise<readonly SecurityGroupRule[]> => {
  const rules = await getAllOwned(tx, 'securityGroupRule', ids, context);
  const stray = rules.find(
    (rule) => rule.groupId !== group.id || (isEgress !== undefined && rule.isEgress !== isEgress),
  );
  if (stray) {
    throw ec2Error(
      'InvalidSecurityGroupRuleId.NotFound',
      `The security group rule ID '${stray.id}' does not exist`,
    );
  }
  return rules;
};
