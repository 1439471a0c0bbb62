import { createHash } from 'node:crypto';
import { SERVICE_BLOCKS } from './service-address.ts';

/** A list of CIDR blocks that AWS manages, under an id that security group rules may name. */
export interface PrefixList {
  readonly id: string;
  readonly name: string;
  readonly addressFamily: 'IPv4' | 'IPv6';
  readonly cidrs: readonly string[];
}

/**
 * The two lists with the addresses at which clients inside a VPC find services (Amazon VPC Lattice
 * user guide, "Control traffic in VPC Lattice using security groups"). Ids follow from the names,
 * so they are the same in every account and after every start.
 */
export const managedPrefixLists = (region: string): readonly PrefixList[] => [
  prefixList(prefixListName(region, 4), 'IPv4', [SERVICE_BLOCKS[4], '129.224.0.0/17']),
  prefixList(prefixListName(region, 6), 'IPv6', [SERVICE_BLOCKS[6]]),
];

export const prefixListName = (region: string, version: 4 | 6): string =>
  `com.amazonaws.${region}.${version === 4 ? '' : 'ipv6.'}vpc-lattice`;

const prefixList = (
  name: string,
  addressFamily: PrefixList['addressFamily'],
  cidrs: readonly string[],
): PrefixList => ({
  id: `pl-0${createHash('sha256').update(name).digest('hex').slice(0, 16)}`,
  name,
  addressFamily,
  cidrs,
});
