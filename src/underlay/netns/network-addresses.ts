import { resolverIn } from '../../lattice/reserved-addresses.ts';

/** Addresses of services and of whatever connects to targets (VPC Lattice user guide, security groups). */
export const SERVICE_BLOCKS = { 4: '169.254.171.0/24', 6: 'fd00:ec2:80::/64' } as const;

/** Where connections to targets come from: no service's, since AAAA and A of services go together. */
export const DIAL_ADDRESSES = { 4: '169.254.171.254', 6: 'fd00:ec2:80::a9fe:abfe' } as const;

/** Where AWS's resolver is in every VPC, beside the third address of its block (VPC user guide, "Amazon DNS"). */
export const RESOLVER_ADDRESSES = { 4: '169.254.169.253', 6: 'fd00:ec2::253' } as const;

/** Where names are asked for in a VPC with this block. */
export const resolverAddresses = (cidrBlock: string): readonly string[] => [
  RESOLVER_ADDRESSES[4],
  resolverIn(cidrBlock),
  RESOLVER_ADDRESSES[6],
];
