import { createHash } from 'node:crypto';

/** Where clients find a service: the same addresses in every VPC. */
export interface ServiceAddress {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** Addresses of services and of whatever connects to targets (VPC Lattice user guide, security groups). */
export const SERVICE_BLOCKS = { 4: '169.254.171.0/24', 6: 'fd00:ec2:80::/64' } as const;

/** Where connections to targets come from: no service's, since AAAA and A of services go together. */
export const DIAL_ADDRESSES = { 4: '169.254.171.254', 6: 'fd00:ec2:80::a9fe:abfe' } as const;

/** Not the last two: from one of them connections to targets come. */
const ADDRESSES = 254;

/**
 * The addresses that a service's generated name resolves to, one of 169.254.171.0/24 and one of
 * fd00:ec2:80::/64 whose last 32 bits are those of the first. Which one says nothing: many services
 * share each, and Host or server name tell them apart. On AWS it depends on the client's zone; that
 * it follows from the service's id is our choice.
 */
export const serviceAddressOf = (serviceId: string): ServiceAddress => {
  const [digest = 0] = createHash('sha256').update(serviceId).digest();
  const last = digest % ADDRESSES;
  return {
    ipv4: `169.254.171.${last}`,
    ipv6: `fd00:ec2:80::a9fe:ab${last.toString(16).padStart(2, '0')}`,
  };
};
