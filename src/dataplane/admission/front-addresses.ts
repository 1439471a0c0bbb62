import { type Address, parseAddress } from '../../lattice/cidr.ts';
import { DIAL_ADDRESSES, serviceAddressOf } from '../../lattice/service-address.ts';

/**
 * From where targets see requests and health checks come. With loopback they come from elsewhere, and
 * rules are asked about these all the same: it is what they have to let in.
 */
export const DIALLING: { readonly 4: Address; readonly 6: Address } = {
  4: parseAddress(DIAL_ADDRESSES[4])!,
  6: parseAddress(DIAL_ADDRESSES[6])!,
};

/** One like any other, for a client of whom nobody knows which service it wants. */
const ANY_FRONT: { readonly 4: Address; readonly 6: Address } = {
  4: parseAddress('169.254.171.1')!,
  6: parseAddress('fd00:ec2:80::a9fe:ab01')!,
};

/** Where a client that goes by names finds a service. */
export const frontOf = (serviceId: string | undefined, version: 4 | 6): Address => {
  if (serviceId === undefined) return ANY_FRONT[version];
  const { ipv4, ipv6 } = serviceAddressOf(serviceId);
  return parseAddress(version === 4 ? ipv4 : ipv6)!;
};

/**
 * What network ACLs are asked about for a connection that has no port yet: targets see ports 10000-65535
 * with netns, which the kernel chooses at connect, behind this question. One stands for all, as for clients that are
 * only asked about: ACLs are to let out 1024-65535 (VPC Lattice user guide, "Control traffic to VPC
 * Lattice using network ACLs"), and one that lets out a part of these would let through some
 * connections and not others. It is the first of the dynamic ones (RFC 6335 §6).
 */
export const FRONT_PORT = 49_152;
