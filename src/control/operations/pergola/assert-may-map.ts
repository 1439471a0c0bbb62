import { formatAddress, parseAddress } from '../../../lattice/cidr.ts';
import { addressesOf } from '../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { accessDenied } from '../../errors.ts';
import { isRunning } from '../ec2/instances/instances-of.ts';
import type { MappingPlace } from './mapping-place.ts';

/**
 * Participants of a VPC share its subnets, and so its addresses, with other accounts. Whoever maps an
 * address leads its traffic elsewhere, so they map what is theirs or nobody's.
 *
 * @param address as it is kept
 * @throws AccessDeniedException
 */
export const assertMayMap = async (
  tx: ReadTransaction,
  address: string,
  { vpc, participantId }: MappingPlace,
): Promise<void> => {
  if (participantId === undefined) return;
  if (address.startsWith('i-')) {
    const instance = await tx.get('instance', address);
    if (instance?.accountId === participantId && instance.vpcId === vpc.id) return;
    throw accessDenied(`\`${address}\` is no instance of this account in the VPC \`${vpc.id}\``);
  }
  for (const owner of await ownersOfAddress(tx, vpc.id, address)) {
    if (owner === participantId) continue;
    throw accessDenied(`\`${address}\` in the VPC \`${vpc.id}\` is another account's`);
  }
};

/**
 * Accounts that have an instance, network interface, target or mapping with the address.
 *
 * @param address in canonical form
 */
export const ownersOfAddress = async (
  tx: ReadTransaction,
  vpcId: string,
  address: string,
): Promise<ReadonlySet<string>> => {
  const inVpc = { index: 'vpc', equals: vpcId };
  const owners = new Set<string>();
  const note = (accountId: string, addresses: readonly string[]) => {
    if (addresses.includes(address)) owners.add(accountId);
  };
  for (const instance of (await tx.list('instance', inVpc)).items) {
    if (isRunning(instance)) note(instance.accountId, addressesOf(instance));
  }
  for (const one of (await tx.list('networkInterface', inVpc)).items) {
    note(one.accountId, [...one.privateIpAddresses, ...one.ipv6Addresses]);
  }
  for (const mapping of (await tx.list('addressMapping', inVpc)).items) {
    note(mapping.accountId, [mapping.address]);
  }
  for (const group of (await tx.list('targetGroup', inVpc)).items) {
    const ofGroup = { index: 'targetGroup', equals: group.id };
    for (const { targetId } of (await tx.list('target', ofGroup)).items) {
      const parsed = parseAddress(targetId);
      if (parsed !== undefined) note(group.accountId, [formatAddress(parsed)]);
    }
  }
  return owners;
};
