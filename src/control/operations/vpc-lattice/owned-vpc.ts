import type { Vpc } from '../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { notFound } from '../../errors.ts';
import type { RequestContext } from '../../operation.ts';

/** @throws ResourceNotFoundException when the caller has no such VPC. */
export const resolveVpc = async (
  tx: ReadTransaction,
  vpcId: string,
  context: RequestContext,
): Promise<Vpc> => {
  const vpc = await tx.get('vpc', vpcId);
  if (vpc?.accountId !== context.caller.accountId) {
    throw notFound('VPC', vpcId, `VPC ${vpcId} not found.`);
  }
  return vpc;
};
