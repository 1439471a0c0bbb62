import { cidrSize, parseCidr } from '../../../../lattice/cidr.ts';
import type { Subnet } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { RESERVED_COUNT } from '../instances/choose-address.ts';
import { isRunning } from '../instances/instances-of.ts';

/** IPv4 addresses of the subnet that nobody has, whosever account; 0 for an IPv6-only one, as on AWS. */
export const availableAddresses = async (
  tx: ReadTransaction,
  { id, cidrBlock }: Subnet,
): Promise<number> => {
  if (cidrBlock === undefined) return 0;
  const inSubnet = { index: 'subnet', equals: id };
  const instances = (await tx.list('instance', inSubnet)).items.filter(isRunning);
  const interfaces = (await tx.list('networkInterface', inSubnet)).items;
  const ofInterfaces = interfaces.reduce((sum, one) => sum + one.privateIpAddresses.length, 0);
  return Number(cidrSize(parseCidr(cidrBlock)!)) - RESERVED_COUNT - instances.length - ofInterfaces;
};
