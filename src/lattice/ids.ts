import { randomBytes } from 'node:crypto';

/**
 * Prefix of each resource's id, followed by 17 lower-case hex digits of which the first is 0
 * (AWS API model patterns; observed ids).
 */
export const ID_PREFIXES = {
  serviceNetwork: 'sn-',
  service: 'svc-',
  listener: 'listener-',
  rule: 'rule-',
  targetGroup: 'tg-',
  serviceNetworkServiceAssociation: 'snsa-',
  serviceNetworkVpcAssociation: 'snva-',
  accessLogSubscription: 'als-',
  vpc: 'vpc-',
  subnet: 'subnet-',
  securityGroup: 'sg-',
  securityGroupRule: 'sgr-',
  networkAcl: 'acl-',
  networkAclAssociation: 'aclassoc-',
  routeTable: 'rtb-',
  routeTableAssociation: 'rtbassoc-',
  vpcCidrAssociation: 'vpc-cidr-assoc-',
  subnetCidrAssociation: 'subnet-cidr-assoc-',
  dhcpOptions: 'dopt-',
  /** Of route53, whose ids are in upper case. */
  hostedZone: 'Z',
  instance: 'i-',
  reservation: 'r-',
  networkInterface: 'eni-',
  networkInterfaceAttachment: 'eni-attach-',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** Makes ids; replaced by a counting one in tests. */
export type NewId = (kind: IdKind) => string;

export const randomId: NewId = (kind) => `${ID_PREFIXES[kind]}0${randomBytes(8).toString('hex')}`;
