import type { Vpc } from '../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { accessDenied, notFound } from '../../errors.ts';
import type { RequestContext } from '../../operation.ts';
import { usableVpc } from '../../shared-subnets.ts';

/**
 * The VPC of the caller, or of which a subnet is shared with it.
 *
 * @throws ResourceNotFoundException
 */
export const resolveUsableVpc = async (
  tx: ReadTransaction,
  vpcId: string,
  context: RequestContext,
): Promise<Vpc> => {
  const vpc = await usableVpc(tx, vpcId, context);
  if (vpc === undefined) throw notFound('VPC', vpcId, `VPC ${vpcId} not found.`);
  return vpc;
};

/** @throws ResourceNotFoundException, AccessDeniedException for a VPC of which a subnet is shared with the caller. */
export const resolveOwnVpc = async (
  tx: ReadTransaction,
  vpcId: string,
  context: RequestContext,
): Promise<Vpc> => {
  const vpc = await resolveUsableVpc(tx, vpcId, context);
  if (vpc.accountId !== context.caller.accountId) {
    throw accessDenied(`Only the owner of VPC ${vpcId} can associate it with a service network.`);
  }
  return vpc;
};
