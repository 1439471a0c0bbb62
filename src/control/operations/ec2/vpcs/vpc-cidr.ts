import { type Cidr, formatCidr, overlaps, parseCidr, toNetwork } from '../../../../lattice/cidr.ts';
import { ec2Error, invalidParameterValue } from '../errors.ts';

/** Ranges in which AWS makes no VPC (VPC user guide, "VPC CIDR blocks"), and those that are no unicast addresses. */
const REFUSED = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '198.19.0.0/16', '224.0.0.0/3'].map(
  (text) => parseCidr(text)!,
);

/**
 * The IPv4 block of a VPC in canonical form: `100.68.0.18/18` becomes `100.68.0.0/18`. Blocks of
 * different VPCs may overlap.
 *
 * @throws InvalidParameterValue, InvalidVpc.Range
 */
export const parseVpcCidr = (text: string): string => {
  const cidr = parseIpv4Cidr(text, 'cidrBlock');
  if (cidr.prefixLength < 16 || cidr.prefixLength > 28 || REFUSED.some((r) => overlaps(r, cidr))) {
    throw ec2Error('InvalidVpc.Range', `The CIDR '${text}' is invalid.`);
  }
  return formatCidr(cidr);
};

/** @throws InvalidParameterValue */
export const parseIpv4Cidr = (text: string, parameter: string): Cidr => {
  const cidr = parseCidr(text);
  if (cidr?.version !== 4) {
    throw invalidParameterValue(
      `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
    );
  }
  return toNetwork(cidr);
};
