import { addressesOf, type NetworkInterface } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { runningIn } from '../instances/instances-of.ts';

/** Network interfaces in a VPC that are no instance's. */
export const interfacesIn = async (
  tx: ReadTransaction,
  vpcId: string,
): Promise<readonly NetworkInterface[]> =>
  (await tx.list('networkInterface', { index: 'vpc', equals: vpcId })).items;

/** Addresses of a VPC that somebody has, in canonical form. */
export const takenAddresses = async (tx: ReadTransaction, vpcId: string): Promise<Set<string>> => {
  const taken = new Set<string>();
  for (const instance of await runningIn(tx, vpcId)) {
    for (const address of addressesOf(instance)) taken.add(address);
  }
  for (const { privateIpAddresses, ipv6Addresses } of await interfacesIn(tx, vpcId)) {
    for (const address of [...privateIpAddresses, ...ipv6Addresses]) taken.add(address);
  }
  return taken;
};
