import { invalidParameterValue } from '../errors.ts';
import { protocolNumber } from '../protocol-number.ts';

/** Protocol and ports of a rule, in the form in which they are kept. */
export interface Traffic {
  readonly ipProtocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const NAMES: Readonly<Record<string, string>> = {
  all: '-1',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/**
 * Protocol names and numbers become one form. Ports are kept for TCP and UDP, type and code for
 * ICMP, and given ones are passed over for all other protocols, as EC2 does.
 *
 * @throws InvalidParameterValue
 */
export const parseTraffic = (
  protocol: string | undefined,
  from: number | undefined,
  to: number | undefined,
): Traffic => {
  if (protocol === undefined) {
    throw invalidParameterValue(
      "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.",
    );
  }
  const lower = protocol.toLowerCase();
  const written = protocolNumber(lower) ?? lower;
  const ipProtocol = NAMES[written] ?? written;
  switch (ipProtocol) {
    case 'tcp':
    case 'udp':
      return { ipProtocol, ...parsePorts(from, to) };
    case 'icmp':
    case 'icmpv6':
      return { ipProtocol, ...parseIcmp(from ?? -1, to ?? -1) };
    default:
      if (ipProtocol !== '-1' && protocolNumber(ipProtocol) === undefined) {
        throw invalidParameterValue(
          `Invalid value '${protocol}' for IP protocol. Unknown protocol.`,
        );
      }
      return { ipProtocol, fromPort: -1, toPort: -1 };
  }
};

const parsePorts = (fromPort: number | undefined, toPort: number | undefined) => {
  if (fromPort === undefined || toPort === undefined) {
    throw invalidParameterValue(
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  for (const port of [fromPort, toPort]) {
    if (port < 0 || port > 65_535) {
      throw invalidParameterValue(`TCP/UDP port (${port}) out of range`);
    }
  }
  if (fromPort > toPort) {
    throw invalidParameterValue(`Invalid TCP/UDP port range (${fromPort}:${toPort})`);
  }
  return { fromPort, toPort };
};

const parseIcmp = (type: number, code: number) => {
  if (type < -1 || type > 255) throw invalidParameterValue(`ICMP type (${type}) out of range`);
  if (code < -1 || code > 255) throw invalidParameterValue(`ICMP code (${code}) out of range`);
  if (type === -1 && code !== -1) {
    throw invalidParameterValue(`ICMP code (${code}) must be -1 when the type is -1`);
  }
  return { fromPort: type, toPort: code };
};
