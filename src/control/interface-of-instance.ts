import { type Instance, interfaceArnOf } from '../lattice/vpc.ts';
import type { ReadTransaction } from '../store/store.ts';

/** What a network interface has in common with those that have documents of their own. */
export type InstanceInterface = Pick<Instance, 'id' | 'arn' | 'accountId' | 'vpcId' | 'subnetId'>;

/** The network interface of an instance, of whichever account: it is a part of the instance's document. */
export const interfaceOfInstance = async (
  tx: ReadTransaction,
  id: string,
): Promise<InstanceInterface | undefined> => {
  const instance = await tx.findUnique('instance', 'networkInterface', id);
  if (instance === undefined) return undefined;
  const { accountId, vpcId, subnetId } = instance;
  return { id, arn: interfaceArnOf(instance), accountId, vpcId, subnetId };
};
