import type { Documents } from '../../../lattice/documents.ts';
import type { Subnet, Vpc } from '../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { sharedSubnets, sharedVpcs } from '../../shared-subnets.ts';
import { getAllOwned } from './owned.ts';

/**
 * Subnets with these ids, the caller's own and those that are shared with it.
 *
 * @throws InvalidSubnetID.NotFound, InvalidSubnetID.Malformed
 */
export const getUsableSubnets = async (
  tx: ReadTransaction,
  ids: readonly string[],
  context: RequestContext,
): Promise<readonly Subnet[]> =>
  getUsable(tx, 'subnet', ids, await sharedSubnets(tx, context), context);

/** @throws InvalidSubnetID.NotFound, InvalidSubnetID.Malformed */
export const getUsableSubnet = async (
  tx: ReadTransaction,
  id: string,
  context: RequestContext,
): Promise<Subnet> => (await getUsableSubnets(tx, [id], context))[0]!;

/**
 * VPCs with these ids, the caller's own and those of which a subnet is shared with it.
 *
 * @throws InvalidVpcID.NotFound, InvalidVpcID.Malformed
 */
export const getUsableVpcs = async (
  tx: ReadTransaction,
  ids: readonly string[],
  context: RequestContext,
): Promise<readonly Vpc[]> => getUsable(tx, 'vpc', ids, await sharedVpcs(tx, context), context);

/** @throws InvalidVpcID.NotFound, InvalidVpcID.Malformed */
export const getUsableVpc = async (
  tx: ReadTransaction,
  id: string,
  context: RequestContext,
): Promise<Vpc> => (await getUsableVpcs(tx, [id], context))[0]!;

const getUsable = async <K extends 'vpc' | 'subnet'>(
  tx: ReadTransaction,
  kind: K,
  ids: readonly string[],
  shared: readonly Documents[K][],
  context: RequestContext,
): Promise<readonly Documents[K][]> => {
  const isShared = (id: string) => shared.some((one) => one.id === id);
  const own = await getAllOwned(
    tx,
    kind,
    ids.filter((id) => !isShared(id)),
    context,
  );
  return [...own, ...shared.filter(({ id }) => ids.includes(id))];
};
