import type { Instance } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { getAllOwned } from '../owned.ts';

/** AWS shows an instance for about an hour after it was terminated. */
const SHOWN_MS = 60 * 60 * 1000;

export const isShown = ({ terminatedAt }: Instance, now: Date): boolean =>
  terminatedAt === undefined || now.getTime() - Date.parse(terminatedAt) < SHOWN_MS;

export const isRunning = ({ terminatedAt }: Instance): boolean => terminatedAt === undefined;

/**
 * The caller's instances: those with the ids, each of which has to be there, or all; those that were
 * terminated long ago are as good as gone.
 *
 * @throws InvalidInstanceID.NotFound, InvalidInstanceID.Malformed
 */
export const instancesOf = async (
  tx: ReadTransaction,
  ids: readonly string[] | undefined,
  context: RequestContext,
): Promise<readonly Instance[]> => {
  const found = ids?.length
    ? await getAllOwned(tx, 'instance', ids, context)
    : (await tx.list('instance', { index: 'account', equals: context.caller.accountId })).items;
  return found.filter((instance) => isShown(instance, context.now));
};

/** Instances that hold an address of the VPC. */
export const runningIn = async (tx: ReadTransaction, vpcId: string): Promise<readonly Instance[]> =>
  (await tx.list('instance', { index: 'vpc', equals: vpcId })).items.filter(isRunning);

/** The caller's instance that has this network interface. */
export const runningInstanceOf = async (
  tx: ReadTransaction,
  networkInterfaceId: string,
  context: RequestContext,
): Promise<Instance | undefined> => {
  const instance = await tx.findUnique('instance', 'networkInterface', networkInterfaceId);
  return instance?.accountId === context.caller.accountId ? instance : undefined;
};
