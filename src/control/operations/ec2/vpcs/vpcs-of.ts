import type { Subnet, Vpc } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';

/** VPCs of the caller; only the one with `id` when it is given. */
export const vpcsOf = async (
  tx: ReadTransaction,
  id: string | undefined,
  { caller: { accountId } }: RequestContext,
): Promise<readonly Vpc[]> => {
  if (id === undefined) {
    return (await tx.list('vpc', { index: 'account', equals: accountId })).items;
  }
  const vpc = await tx.get('vpc', id);
  return vpc?.accountId === accountId ? [vpc] : [];
};

export const subnetsIn = async (tx: ReadTransaction, vpcId: string): Promise<readonly Subnet[]> =>
  (await tx.list('subnet', { index: 'vpc', equals: vpcId })).items;
