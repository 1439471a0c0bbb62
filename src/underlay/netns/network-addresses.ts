import { resolverIn } from '../../lattice/reserved-addresses.ts';

/** Where AWS's resolver is in every VPC, beside the third address of its block (VPC user guide, "Amazon DNS"). */
export const RESOLVER_ADDRESSES = { 4: '169.254.169.253', 6: 'fd00:ec2::253' } as const;

/** Where names are asked for in a VPC with this block. */
export const resolverAddresses = (cidrBlock: string): readonly string[] => [
  RESOLVER_ADDRESSES[4],
  resolverIn(cidrBlock),
  RESOLVER_ADDRESSES[6],
];
