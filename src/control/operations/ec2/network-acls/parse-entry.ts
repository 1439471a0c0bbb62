import { formatCidr, parseCidr, toNetwork } from '../../../../lattice/cidr.ts';
import type { NetworkAclEntry } from '../../../../lattice/vpc.ts';
import type { CreateNetworkAclEntryRequest } from '../../../../protocol/generated/ec2.ts';
import { ec2Error, invalidParameterValue, missingParameter } from '../errors.ts';
import { protocolNumber } from '../protocol-number.ts';

const NUMBERS: Readonly<Record<string, string>> = {
  all: '-1',
  icmp: '1',
  tcp: '6',
  udp: '17',
  icmpv6: '58',
};

/**
 * An entry as Create and Replace calls say it.
 *
 * @throws InvalidParameterValue, MissingParameter, InvalidParameterCombination
 */
export const parseEntry = (input: CreateNetworkAclEntryRequest): NetworkAclEntry => {
  const lower = input.Protocol.toLowerCase();
  const protocol = lower === '-1' ? lower : (NUMBERS[lower] ?? protocolNumber(lower));
  if (protocol === undefined) {
    throw invalidParameterValue(
      `Value (${input.Protocol}) for parameter protocol is invalid. Unknown protocol.`,
    );
  }
  return {
    ruleNumber: parseRuleNumber(input.RuleNumber),
    isEgress: input.Egress,
    protocol,
    action: input.RuleAction,
    ...parseBlock(input),
    ...parseTraffic(protocol, input),
  };
};

/** @throws InvalidParameterValue for what no entry can have: the last ones are the ACL's own. */
export const parseRuleNumber = (ruleNumber: number): number => {
  if (ruleNumber < 1 || ruleNumber > 32_766) {
    throw invalidParameterValue(
      `Value (${ruleNumber}) for parameter ruleNumber is invalid. Rule numbers are from 1 to 32766.`,
    );
  }
  return ruleNumber;
};

const parseBlock = ({
  CidrBlock: four,
  Ipv6CidrBlock: six,
}: CreateNetworkAclEntryRequest): Pick<NetworkAclEntry, 'cidrIpv4' | 'cidrIpv6'> => {
  if (four !== undefined && six !== undefined) {
    throw ec2Error(
      'InvalidParameterCombination',
      'Only one of cidrBlock and ipv6CidrBlock may be specified.',
    );
  }
  if (four !== undefined) return { cidrIpv4: canonical(four, 4, 'cidrBlock') };
  if (six !== undefined) return { cidrIpv6: canonical(six, 6, 'ipv6CidrBlock') };
  throw missingParameter('cidrBlock or ipv6CidrBlock');
};

const canonical = (text: string, version: 4 | 6, parameter: string): string => {
  const cidr = parseCidr(text);
  if (cidr?.version !== version) {
    throw invalidParameterValue(
      `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
    );
  }
  return formatCidr(toNetwork(cidr));
};

/** Ports of TCP and UDP, type and code of ICMP; what else is given is passed over, as EC2 does. */
const parseTraffic = (
  protocol: string,
  { PortRange, IcmpTypeCode }: CreateNetworkAclEntryRequest,
): Pick<NetworkAclEntry, 'portRange' | 'icmp'> => {
  switch (protocol) {
    case '6':
    case '17': {
      const { From: from, To: to } = PortRange ?? {};
      if (from === undefined || to === undefined) throw missingParameter('portRange');
      if (from < 0 || to > 65_535 || from > to) {
        throw invalidParameterValue(`Invalid TCP/UDP port range (${from}:${to})`);
      }
      return { portRange: { from, to } };
    }
    case '1':
    case '58': {
      const { Type: type, Code: code } = IcmpTypeCode ?? {};
      if (type === undefined || code === undefined) throw missingParameter('icmpTypeCode');
      if (type < -1 || type > 255 || code < -1 || code > 255) {
        throw invalidParameterValue(`ICMP type or code (${type}:${code}) out of range`);
      }
      return { icmp: { type, code } };
    }
    default:
      return {};
  }
};
