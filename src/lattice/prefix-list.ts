import { createHash } from 'node:crypto';

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
  prefixList(`com.amazonaws.${region}.vpc-lattice`, 'IPv4', ['169.254.171.0/24', '129.224.0.0/17']),
  prefixList(`com.amazonaws.${region}.ipv6.vpc-lattice`, 'IPv6', ['fd00:ec2:80::/64']),
];

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
