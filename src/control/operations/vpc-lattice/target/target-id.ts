import { parseArn } from '../../../../lattice/arn.ts';
import { cidrContains, parseAddress } from '../../../../lattice/cidr.ts';
import type { TargetGroup } from '../../../../lattice/resources.ts';
import type { Instance } from '../../../../lattice/vpc.ts';

/** Where the group's targets must be. */
export interface TargetPlace {
  readonly group: TargetGroup;
  /**
   * CIDR blocks of the group's VPC; where that is another account's, of the subnets that are shared with
   * the group's. Undefined for a Lambda group, which has no VPC, and when the VPC is gone.
   */
  readonly blocks: readonly string[] | undefined;
  readonly region: string;
}

/**
 * Why the group cannot have the target, as a sentence; undefined when it can.
 *
 * @param instance the one with that id; instances that are mapped by hand need not be there
 */
export const whyUnsupported = (
  id: string,
  place: TargetPlace,
  instance: Instance | undefined,
): string | undefined => {
  switch (place.group.type) {
    case 'IP':
      return whyNotAddress(id, place);
    case 'INSTANCE':
      return INSTANCE_ID.test(id)
        ? whyNotInstance(instance, place)
        : 'Target id must be an instance id such as i-0123456789abcdef0';
    case 'LAMBDA':
      return isOurs(id, place, 'lambda', /^function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?$/)
        ? undefined
        : 'Target id must be the ARN of a Lambda function in the account and region of the target group';
    case 'ALB':
      return isOurs(id, place, 'elasticloadbalancing', /^loadbalancer\/app\/[^/]+\/[0-9a-f]+$/)
        ? undefined
        : 'Target id must be the ARN of an Application Load Balancer in the account and region of the target group';
  }
};

const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

const whyNotInstance = (
  instance: Instance | undefined,
  { group }: TargetPlace,
): string | undefined => {
  if (instance === undefined) return undefined;
  if (instance.vpcId !== group.config.vpcIdentifier || instance.accountId !== group.accountId) {
    return 'Instance targets must be in the same VPC as their target group';
  }
  if (instance.terminatedAt !== undefined) {
    return `Instance ${instance.id} is not in the state running`;
  }
  // Target groups of instances have no IP address type: they are for IPv4.
  return instance.privateIpAddress === undefined
    ? `Instance ${instance.id} has no IPv4 address; register its IPv6 address in a target group of type IP with the IP address type IPV6`
    : undefined;
};

const isOurs = (
  text: string,
  { group, region }: TargetPlace,
  service: string,
  resource: RegExp,
): boolean => {
  const arn = parseArn(text);
  return (
    arn?.service === service &&
    arn.region === region &&
    arn.accountId === group.accountId &&
    resource.test(arn.resource)
  );
};

/** Loopback, link-local, unspecified, multicast and broadcast: no host of a VPC has one of these. */
const NEVER_A_TARGET = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/127',
  '::ffff:0:0/96',
  'fe80::/10',
  'ff00::/8',
];

/**
 * IPv4 addresses that the internet does not route (RFC 6890), of which a VPC may have some. A VPC may have public
 * ones, too, which cannot be targets (VPC Lattice user guide, "Register targets by IP address"). IPv6 blocks of VPCs
 * are public as a rule.
 */
const NOT_PUBLIC = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
];

const whyNotAddress = (id: string, { group, blocks }: TargetPlace): string | undefined => {
  const address = parseAddress(id);
  if (address === undefined) return 'Target id must be an IP address';
  const version = group.config.ipAddressType === 'IPV6' ? 6 : 4;
  if (address.version !== version) {
    return `Target id must be an IPv${version} address, as the IP address type of the target group says`;
  }
  if (NEVER_A_TARGET.some((block) => cidrContains(block, id))) {
    return 'Target id must not be a loopback, link-local or multicast address';
  }
  if (blocks === undefined) return 'The VPC of the target group does not exist any more';
  if (!blocks.some((block) => cidrContains(block, id))) {
    return `IP targets must be inside the CIDR blocks of the VPC of their target group, ${blocks.join(', ')}`;
  }
  return version === 6 || NOT_PUBLIC.some((block) => cidrContains(block, id))
    ? undefined
    : 'Target id must not be a publicly routable IP address';
};
