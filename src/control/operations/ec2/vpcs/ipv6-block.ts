import { createHash } from 'node:crypto';
import { formatCidr } from '../../../../lattice/cidr.ts';

/**
 * The /56 that a VPC gets when it asks for an IPv6 block: out of fd80::/9, unique local addresses
 * (RFC 4193), and far from fd00:ec2::/32, in which AWS has its own. Our choice: AWS gives a public
 * one, which only its owner could route.
 */
export const ipv6BlockOf = (vpcId: string): string => {
  const hash = createHash('sha256').update(`ipv6/${vpcId}`).digest();
  const head = 0xfdn << 48n;
  const random = (BigInt(hash.readUIntBE(0, 6)) | (0x80n << 40n)) & ((1n << 48n) - 1n);
  return formatCidr({ version: 6, value: (head | random) << 72n, prefixLength: 56 });
};
