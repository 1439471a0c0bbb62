import {
  type Cidr,
  cidrContains,
  cidrSize,
  formatAddress,
  parseAddress,
  parseCidr,
} from '../../../../lattice/cidr.ts';
import type { Subnet } from '../../../../lattice/vpc.ts';
import { ec2Error, invalidParameterValue } from '../errors.ts';

/** AWS keeps the first four addresses of a subnet and the last (VPC user guide, "Subnet CIDR blocks"). */
const RESERVED_AT_START = 4n;
const RESERVED_AT_END = 1n;
export const RESERVED_COUNT = Number(RESERVED_AT_START + RESERVED_AT_END);

/**
 * An address of the block for a new network interface: the wanted one in canonical form, or the
 * first that is free.
 *
 * @param taken Canonical addresses of the VPC that others have.
 * @throws InvalidParameterValue, InvalidIPAddress.InUse, InsufficientFreeAddressesInSubnet
 */
export const chooseAddress = (
  block: string,
  subnet: Pick<Subnet, 'id'>,
  taken: ReadonlySet<string>,
  wanted?: string,
): string => {
  const cidr = parseCidr(block)!;
  if (wanted !== undefined) return checkAddress(wanted, block, cidr, taken);
  const end = cidr.value + cidrSize(cidr) - RESERVED_AT_END;
  for (let value = cidr.value + RESERVED_AT_START; value < end; value += 1n) {
    const address = formatAddress({ version: cidr.version, value });
    if (!taken.has(address)) return address;
  }
  throw ec2Error(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  );
};

const checkAddress = (
  wanted: string,
  block: string,
  cidr: Cidr,
  taken: ReadonlySet<string>,
): string => {
  const parsed = parseAddress(wanted);
  if (parsed === undefined) {
    throw invalidParameterValue(
      `Value (${wanted}) for parameter address is invalid. Invalid IP address.`,
    );
  }
  const address = formatAddress(parsed);
  if (!cidrContains(block, address)) {
    throw invalidParameterValue(
      `Address ${address} does not fall within the subnet's address range`,
    );
  }
  const place = parsed.value - cidr.value;
  if (place < RESERVED_AT_START || place >= cidrSize(cidr) - RESERVED_AT_END) {
    throw invalidParameterValue(`Address ${address} is in subnet's reserved address range`);
  }
  if (taken.has(address)) {
    throw ec2Error('InvalidIPAddress.InUse', `Address ${address} is in use.`);
  }
  return address;
};

/** For who wants an IPv4 address in an IPv6-only subnet. */
export const noIpv4In = ({ id }: Pick<Subnet, 'id'>) =>
  invalidParameterValue(`The subnet ID '${id}' has no IPv4 CIDR block.`);

/** For who wants an IPv6 address where there are none. */
export const noIpv6In = ({ id }: Pick<Subnet, 'id'>) =>
  invalidParameterValue(`The subnet ID '${id}' has no IPv6 CIDR block.`);

/** For who wants no address at all. */
export const onlyIpv6In = ({ id }: Pick<Subnet, 'id'>) =>
  invalidParameterValue(
    `The subnet ID '${id}' is IPv6-only: a network interface there has at least one IPv6 address.`,
  );
