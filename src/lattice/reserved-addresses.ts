import { formatAddress, parseCidr } from './cidr.ts';

/**
 * AWS keeps the first addresses of a block (VPC user guide, "Subnet CIDR blocks"): no network
 * interface has them. Here the one that AWS gives to nobody is that of clients which are no instance.
 */
const OFFSETS = { router: 1n, resolver: 2n, clients: 3n } as const;

export const routerIn = (block: string): string => addressIn(block, OFFSETS.router);
export const resolverIn = (block: string): string => addressIn(block, OFFSETS.resolver);
export const clientsIn = (block: string): string => addressIn(block, OFFSETS.clients);

const addressIn = (block: string, offset: bigint): string => {
  const { version, value } = parseCidr(block)!;
  return formatAddress({ version, value: value + offset });
};
