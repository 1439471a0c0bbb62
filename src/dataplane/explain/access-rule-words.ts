import { type Address, cidrContains, formatAddress } from '../../lattice/cidr.ts';
import type { ExplainedRule } from '../../snapshot/explanation.ts';
import type {
  NetworkAclEntryPart,
  NetworkAclPart,
  SecurityGroupPart,
  SecurityRulePart,
} from '../../snapshot/parts.ts';
import { isWithin } from '../admission/group-access.ts';
import { tcpPorts } from '../admission/tcp-ports.ts';

/** A TCP connection as a rule looks at it. */
export interface RuleQuestion {
  /** The other end; undefined: somebody in the block `within`. */
  readonly address: Address | undefined;
  /** IPv4 block of the VPC. */
  readonly within: string;
  readonly port: number;
  /** In which the other end is, where that can matter. */
  readonly securityGroupIds: readonly string[];
}

/**
 * One rule of a security group, in words. It looks at the rule as it is written, and so says by another
 * way than `GroupAccess` whether it applies.
 */
export const explainGroupRule = (
  group: SecurityGroupPart,
  rule: SecurityRulePart,
  question: RuleQuestion,
): ExplainedRule => {
  const mismatches = [...trafficMismatches(rule, question), ...peerMismatches(rule, question)];
  return {
    name: `${rule.id} of ${group.id}`,
    text: `allows ${trafficText(rule)} ${rule.isEgress ? 'to' : 'from'} ${peerText(rule)}`,
    applies: mismatches.length === 0,
    mismatches,
  };
};

/** One entry of a network ACL, in words. */
export const explainAclEntry = (
  acl: NetworkAclPart,
  entry: NetworkAclEntryPart,
  question: RuleQuestion,
): ExplainedRule => {
  const mismatches = [
    ...trafficMismatches(entry, question),
    ...blockMismatches([entry.cidr], question),
  ];
  const does = entry.action === 'allow' ? 'allows' : 'refuses';
  return {
    name: `entry ${entry.ruleNumber} of ${acl.id}`,
    text: `${does} ${trafficText(entry)} ${entry.isEgress ? 'to' : 'from'} ${entry.cidr}`,
    applies: mismatches.length === 0,
    mismatches,
  };
};

type Traffic = Pick<SecurityRulePart, 'protocol' | 'fromPort' | 'toPort'>;

const trafficMismatches = (rule: Traffic, { port }: RuleQuestion): readonly string[] => {
  const ports = tcpPorts(rule);
  if (ports === undefined) return [`it is for ${protocolText(rule.protocol)}, not for tcp`];
  return port >= ports.fromPort && port <= ports.toPort
    ? []
    : [`it is for ${portsText(ports)}, and the port is ${port}`];
};

const peerMismatches = (rule: SecurityRulePart, question: RuleQuestion): readonly string[] => {
  const { referencedGroupId } = rule;
  if (referencedGroupId === undefined) return blockMismatches(rule.cidrs, question);
  const { securityGroupIds } = question;
  if (securityGroupIds.includes(referencedGroupId)) return [];
  return [
    securityGroupIds.length === 0
      ? `it is for members of ${referencedGroupId}, and addresses of services are in no group`
      : `it is for members of ${referencedGroupId}, and the client is in ${securityGroupIds.join(', ')}`,
  ];
};

const blockMismatches = (
  cidrs: readonly string[],
  { address, within }: RuleQuestion,
): readonly string[] => {
  if (address === undefined) {
    return cidrs.some((cidr) => isWithin(within, cidr))
      ? []
      : [
          `${cidrs.join(', ')} is not all of ${within}, and the client does not say where in it it is`,
        ];
  }
  const text = formatAddress(address);
  return cidrs.some((cidr) => cidrContains(cidr, text))
    ? []
    : [`${text} is not in ${cidrs.join(' or ')}`];
};

const peerText = ({ cidrs, prefixListId, referencedGroupId }: SecurityRulePart): string => {
  if (referencedGroupId !== undefined) return `members of ${referencedGroupId}`;
  const blocks = cidrs.join(', ');
  return prefixListId === undefined ? blocks : `${prefixListId} (${blocks})`;
};

const PROTOCOLS: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

const protocolText = (protocol: string): string =>
  PROTOCOLS[protocol] ?? (/^\d+$/.test(protocol) ? `protocol ${protocol}` : protocol);

const trafficText = (traffic: Traffic): string => {
  const { protocol } = traffic;
  if (protocol === '-1') return 'everything';
  const ports = tcpPorts(traffic);
  return ports === undefined ? protocolText(protocol) : `tcp ${portsText(ports)}`;
};

const portsText = ({ fromPort, toPort }: Pick<Traffic, 'fromPort' | 'toPort'>): string => {
  if (fromPort === 0 && toPort === 65_535) return 'all ports';
  return fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort}-${toPort}`;
};
