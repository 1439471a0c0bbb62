import type { Vpc } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalid, notFound } from '../../../errors.ts';
import type { RequestContext } from '../../../operation.ts';
import { requireQuota } from '../quota.ts';

/**
 * @throws ResourceNotFoundException, ValidationException or ServiceQuotaExceededException unless
 * all are different security groups of the VPC, and not too many
 */
export const requireSecurityGroups = async (
  tx: ReadTransaction,
  ids: readonly string[],
  vpc: Pick<Vpc, 'id' | 'accountId'>,
  context: RequestContext,
): Promise<void> => {
  requireQuota('securityGroupsPerAssociation', ids.length, 'SECURITY_GROUP', context);
  if (new Set(ids).size < ids.length) {
    throw invalid('Security group ids must not occur more than once.');
  }
  for (const id of ids) {
    const group = await tx.get('securityGroup', id);
    if (group?.accountId !== vpc.accountId) {
      throw notFound('SECURITY_GROUP', id, `Security group ${id} not found.`);
    }
    if (group.vpcId !== vpc.id) {
      throw invalid(`Security group ${id} does not belong to VPC ${vpc.id}.`);
    }
  }
};
