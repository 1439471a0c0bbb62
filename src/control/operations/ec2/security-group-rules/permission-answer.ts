import type { SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { IpPermission } from '../../../../protocol/generated/ec2.ts';

/** Rules of one direction as permissions: rules with the same protocol and ports share one. */
export const toPermissions = (rules: readonly SecurityGroupRule[]): IpPermission[] =>
  [...Map.groupBy(rules, trafficOf).values()].map((sharing) => ({
    ...toTraffic(sharing[0]!),
    UserIdGroupPairs: sharing
      .filter((rule) => rule.referencedGroupId !== undefined)
      .map((rule) => ({
        ...descriptionOf(rule),
        UserId: rule.referencedAccountId ?? rule.accountId,
        GroupId: rule.referencedGroupId!,
      })),
    IpRanges: sharing
      .filter((rule) => rule.cidrIpv4 !== undefined)
      .map((rule) => ({ ...descriptionOf(rule), CidrIp: rule.cidrIpv4! })),
    Ipv6Ranges: sharing
      .filter((rule) => rule.cidrIpv6 !== undefined)
      .map((rule) => ({ ...descriptionOf(rule), CidrIpv6: rule.cidrIpv6! })),
    PrefixListIds: sharing
      .filter((rule) => rule.prefixListId !== undefined)
      .map((rule) => ({ ...descriptionOf(rule), PrefixListId: rule.prefixListId! })),
  }));

const PROTOCOLS_WITH_PORTS = ['tcp', 'udp', 'icmp', 'icmpv6'];

const trafficOf = ({ ipProtocol, fromPort, toPort }: SecurityGroupRule): string =>
  `${ipProtocol}/${fromPort}/${toPort}`;

/** Ports are left out where the protocol has none; a rule on its own shows them as -1. */
const toTraffic = ({ ipProtocol, fromPort, toPort }: SecurityGroupRule): IpPermission =>
  PROTOCOLS_WITH_PORTS.includes(ipProtocol)
    ? { IpProtocol: ipProtocol, FromPort: fromPort, ToPort: toPort }
    : { IpProtocol: ipProtocol };

const descriptionOf = ({ description }: SecurityGroupRule) =>
  description === undefined ? {} : { Description: description };
