import type { Subnet, Vpc } from '../lattice/vpc.ts';
import type { ReadTransaction } from '../store/store.ts';
import type { ControlSettings } from './settings.ts';

/** Who asks, and which subnets are shared with whom. */
interface Asker {
  readonly caller: { readonly accountId: string };
  readonly settings: Pick<ControlSettings, 'sharedSubnets'>;
}

/**
 * Subnets of others that the caller may use as a participant (VPC user guide, "Share your VPC subnets
 * with other accounts"): which they are is said in the settings.
 */
export const sharedSubnets = async (
  tx: ReadTransaction,
  { caller, settings }: Asker,
): Promise<readonly Subnet[]> => {
  const shared = Object.entries(settings.sharedSubnets ?? {});
  if (shared.length === 0) return [];
  const account = await tx.get('account', caller.accountId);
  const names = [caller.accountId, ...(account ? [account.name] : [])];
  const subnets: Subnet[] = [];
  for (const [id, participants] of shared) {
    if (!participants.some((one) => names.includes(one))) continue;
    const subnet = await tx.get('subnet', id);
    if (subnet && subnet.accountId !== caller.accountId) subnets.push(subnet);
  }
  return subnets;
};

/** Those of one VPC. */
export const sharedSubnetsIn = async (
  tx: ReadTransaction,
  vpcId: string,
  asker: Asker,
): Promise<readonly Subnet[]> =>
  (await sharedSubnets(tx, asker)).filter((subnet) => subnet.vpcId === vpcId);

/** VPCs of others in which the caller is a participant. */
export const sharedVpcs = async (tx: ReadTransaction, asker: Asker): Promise<readonly Vpc[]> => {
  const ids = new Set((await sharedSubnets(tx, asker)).map(({ vpcId }) => vpcId));
  const vpcs: Vpc[] = [];
  for (const id of ids) {
    const vpc = await tx.get('vpc', id);
    if (vpc) vpcs.push(vpc);
  }
  return vpcs;
};

/** The VPC with this id, if it is the caller's or one in which it is a participant. */
export const usableVpc = async (
  tx: ReadTransaction,
  vpcId: string,
  asker: Asker,
): Promise<Vpc | undefined> => {
  const vpc = await tx.get('vpc', vpcId);
  if (vpc === undefined || vpc.accountId === asker.caller.accountId) return vpc;
  return (await sharedSubnetsIn(tx, vpcId, asker)).length > 0 ? vpc : undefined;
};
