import { type Address, parseAddress } from '../../lattice/cidr.ts';

/**
 * Where clients find services, and from where targets see their requests come, for each family:
 * of 169.254.171.0/24 and fd00:ec2:80::/64 (VPC Lattice user guide, "Control traffic in VPC Lattice
 * using security groups"). Which of them it is makes no difference to any rule for the whole block.
 */
export const FRONT_ADDRESSES: { readonly 4: Address; readonly 6: Address } = {
  4: parseAddress('169.254.171.1')!,
  6: parseAddress('fd00:ec2:80::a9fe:ab01')!,
};

/**
 * The port from which targets see requests come, for network ACLs, which are asked before there is a
 * connection: the first of the dynamic ones (RFC 6335 §6). It is one of 1024-65535, which AWS asks
 * network ACLs to let out (VPC Lattice user guide, "Control traffic to VPC Lattice using network ACLs").
 */
export const FRONT_PORT = 49_152;
