import {
  type Cidr,
  containsCidr,
  formatCidr,
  overlaps,
  parseCidr,
  toNetwork,
} from '../../../../lattice/cidr.ts';
import type { Subnet, Vpc } from '../../../../lattice/vpc.ts';
import { ec2Error, invalidParameterValue } from '../errors.ts';
import { parseIpv4Cidr } from '../vpcs/vpc-cidr.ts';

/**
 * The IPv4 block of a new subnet in canonical form.
 *
 * @throws InvalidParameterValue, InvalidSubnet.Range when outside the VPC or of another size than
 * /16 to /28, InvalidSubnet.Conflict when it overlaps one of `siblings`.
 */
export const parseSubnetCidr = (text: string, vpc: Vpc, siblings: readonly Subnet[]): string => {
  const cidr = parseIpv4Cidr(text, 'cidrBlock');
  if (cidr.prefixLength < 16 || cidr.prefixLength > 28) throw outOfRange(text);
  assertFree(
    text,
    cidr,
    vpc.cidrBlock,
    siblings.map(({ cidrBlock }) => cidrBlock),
  );
  return formatCidr(cidr);
};

/**
 * The IPv6 block of a new subnet: /56, /60 or /64 within the VPC's.
 *
 * @throws InvalidParameterValue, InvalidSubnet.Range, InvalidSubnet.Conflict
 */
export const parseSubnetIpv6Cidr = (
  text: string,
  vpc: Vpc,
  siblings: readonly Subnet[],
): string => {
  const cidr = parseCidr(text);
  if (cidr?.version !== 6) {
    throw invalidParameterValue(
      `Value (${text}) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  if (![56, 60, 64].includes(cidr.prefixLength)) throw outOfRange(text);
  assertFree(
    text,
    toNetwork(cidr),
    vpc.ipv6CidrBlock,
    siblings.map(({ ipv6CidrBlock }) => ipv6CidrBlock),
  );
  return formatCidr(toNetwork(cidr));
};

const assertFree = (
  text: string,
  cidr: Cidr,
  ofVpc: string | undefined,
  taken: readonly (string | undefined)[],
): void => {
  if (ofVpc === undefined || !containsCidr(parseCidr(ofVpc)!, cidr)) throw outOfRange(text);
  if (taken.some((other) => other !== undefined && overlaps(parseCidr(other)!, cidr))) {
    throw ec2Error('InvalidSubnet.Conflict', `The CIDR '${text}' conflicts with another subnet`);
  }
};

const outOfRange = (text: string) =>
  ec2Error('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`);
