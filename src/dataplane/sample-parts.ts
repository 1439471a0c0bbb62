import type {
  AccessKeyPart,
  AccountPart,
  GroupPart,
  HealthCheckPart,
  ListenerPart,
  ManagedPolicyPart,
  MembershipPart,
  NetworkAclEntryPart,
  NetworkAclPart,
  NetworkInterfacePart,
  NetworkPart,
  Part,
  PrincipalPart,
  RulePart,
  SecurityGroupPart,
  SecurityRulePart,
  ServicePart,
  SessionTokenKeyPart,
  SnapshotDelta,
  SubnetPart,
  TargetGroupPart,
  TargetPart,
  VpcPart,
} from '../snapshot/parts.ts';
import type { Source } from './request-head.ts';

/** Parts for tests, each complete and valid; what a test is about is given, the rest is as usual. */

const ARN = 'arn:aws:vpc-lattice:us-west-2:111122223333';

export const aVpc = (part: Partial<VpcPart> = {}): VpcPart => ({
  kind: 'vpc',
  id: 'vpc-1',
  arn: `arn:aws:ec2:us-west-2:111122223333:vpc/${part.id ?? 'vpc-1'}`,
  accountId: '111122223333',
  associationId: 'snva-1',
  networkId: 'sn-1',
  cidrs: ['10.0.0.0/16', 'fd80::/56'],
  securityGroupIds: [],
  defaultNetworkAclId: 'acl-1',
  ...part,
});

/** A VPC that is in no service network. */
export const aLoneVpc = (part: Partial<VpcPart> = {}): VpcPart => {
  const { associationId: _, networkId: __, ...vpc } = aVpc(part);
  return vpc;
};

export const aSubnet = (part: Partial<SubnetPart> = {}): SubnetPart => ({
  kind: 'subnet',
  id: 'subnet-1',
  vpcId: 'vpc-1',
  cidrs: ['10.0.1.0/24', 'fd80:0:0:1::/64'],
  networkAclId: 'acl-1',
  ...part,
});

export const anInterface = (part: Partial<NetworkInterfacePart> = {}): NetworkInterfacePart => ({
  kind: 'networkInterface',
  id: 'eni-1',
  vpcId: 'vpc-1',
  accountId: '111122223333',
  subnetId: 'subnet-1',
  addresses: ['10.0.1.7', 'fd80:0:0:1::7'],
  securityGroupIds: ['sg-1'],
  ...part,
});

export const aSecurityRule = (part: Partial<SecurityRulePart> = {}): SecurityRulePart => ({
  id: 'sgr-1',
  isEgress: false,
  protocol: 'tcp',
  fromPort: 80,
  toPort: 80,
  cidrs: part.referencedGroupId === undefined ? ['10.0.0.0/16'] : [],
  ...part,
});

/** Everything may leave, and nothing may come in. */
export const aSecurityGroup = (part: Partial<SecurityGroupPart> = {}): SecurityGroupPart => ({
  kind: 'securityGroup',
  id: 'sg-1',
  vpcId: 'vpc-1',
  accountId: '111122223333',
  name: part.id ?? 'sg-1',
  rules: [
    aSecurityRule({ id: 'sgr-out', isEgress: true, protocol: '-1', cidrs: ['0.0.0.0/0', '::/0'] }),
  ],
  ...part,
});

export const anAclEntry = (part: Partial<NetworkAclEntryPart> = {}): NetworkAclEntryPart => ({
  ruleNumber: 100,
  isEgress: false,
  protocol: '-1',
  action: 'allow',
  cidr: '0.0.0.0/0',
  fromPort: 0,
  toPort: 65_535,
  ...part,
});

/** The one that every VPC comes with: everything passes. */
export const anAcl = (part: Partial<NetworkAclPart> = {}): NetworkAclPart => ({
  kind: 'networkAcl',
  id: 'acl-1',
  vpcId: 'vpc-1',
  accountId: '111122223333',
  entries: [false, true].flatMap((isEgress) => [
    anAclEntry({ isEgress }),
    anAclEntry({ isEgress, ruleNumber: 101, cidr: '::/0' }),
  ]),
  ...part,
});

export const aNetwork = (part: Partial<NetworkPart> = {}): NetworkPart => ({
  kind: 'network',
  id: 'sn-1',
  arn: `${ARN}:servicenetwork/${part.id ?? 'sn-1'}`,
  accountId: '111122223333',
  authType: 'NONE',
  logs: [],
  ...part,
});

export const aMembership = (part: Partial<MembershipPart> = {}): MembershipPart => ({
  kind: 'membership',
  id: 'snsa-1',
  networkId: 'sn-1',
  serviceId: 'svc-1',
  hosts: ['shop.example'],
  ...part,
});

export const aListener = (part: Partial<ListenerPart> = {}): ListenerPart => ({
  id: 'listener-1',
  port: 80,
  protocol: 'HTTP',
  rules: [],
  defaultAction: { type: 'fixed', statusCode: 404 },
  ...part,
});

export const aRule = (part: Partial<RulePart> = {}): RulePart => ({
  id: 'rule-1',
  priority: 10,
  match: { headers: [], path: { type: 'prefix', value: '/api', caseSensitive: false } },
  action: { type: 'forward', targetGroups: [{ targetGroupId: 'tg-1', weight: 100 }] },
  ...part,
});

export const aService = (part: Partial<ServicePart> = {}): ServicePart => ({
  kind: 'service',
  id: 'svc-1',
  arn: `${ARN}:service/${part.id ?? 'svc-1'}`,
  accountId: '111122223333',
  name: 'shop',
  domainName: `${part.name ?? 'shop'}-${part.id ?? 'svc-1'}.on.aws`,
  authType: 'NONE',
  tags: {},
  idleTimeoutMs: 60_000,
  listeners: [aListener({ rules: [aRule()] })],
  certificates: [],
  logs: [],
  ...part,
});

export const aTarget = (number: number, part: Partial<TargetPart> = {}): TargetPart => ({
  key: `10.0.0.${number}/8080`,
  targetId: `10.0.0.${number}`,
  port: 8080,
  address: `10.0.0.${number}`,
  dial: { host: '127.0.0.1', port: 9000 + number },
  draining: false,
  ...part,
});

export const aHealthCheck = (part: Partial<HealthCheckPart> = {}): HealthCheckPart => ({
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  path: '/',
  intervalMs: 30_000,
  timeoutMs: 5_000,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  successCodes: [[200, 200]],
  ...part,
});

export const aTargetGroup = (part: Partial<TargetGroupPart> = {}): TargetGroupPart => ({
  kind: 'targetGroup',
  id: 'tg-1',
  arn: `${ARN}:targetgroup/${part.id ?? 'tg-1'}`,
  type: 'IP',
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  vpcId: 'vpc-9',
  used: true,
  healthCheck: undefined,
  targets: [aTarget(1), aTarget(2)],
  ...part,
});

const IAM = 'arn:aws:iam::111122223333';
const EVERYTHING =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

export const anAccount = (part: Partial<AccountPart> = {}): AccountPart => ({
  kind: 'account',
  id: '111122223333',
  name: 'default',
  ...part,
});

/** A key of the user of `aUser`. */
export const anAccessKey = (part: Partial<AccessKeyPart> = {}): AccessKeyPart => ({
  kind: 'accessKey',
  id: 'AKIAALICE23456723456',
  accountId: '111122223333',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  principalArn: `${IAM}:user/alice`,
  userId: 'AIDAALICE234567234567',
  ...part,
});

/** A key of the account itself. */
export const aRootKey = (part: Partial<AccessKeyPart> = {}): AccessKeyPart => {
  const { userId: _, ...key } = anAccessKey({
    id: 'AKIAROOT234567234567',
    principalArn: `${IAM}:root`,
    ...part,
  });
  return key;
};

/** A user who may do everything. */
export const aUser = (part: Partial<PrincipalPart> = {}): PrincipalPart => ({
  kind: 'principal',
  id: 'AIDAALICE234567234567',
  type: 'user',
  accountId: '111122223333',
  name: 'alice',
  arn: `${IAM}:user/${part.name ?? 'alice'}`,
  tags: {},
  inlinePolicies: [{ name: 'everything', document: EVERYTHING }],
  attachedPolicies: [],
  groupIds: [],
  ...part,
});

/** A role that may do everything. */
export const aRole = (part: Partial<PrincipalPart> = {}): PrincipalPart => ({
  ...aUser(),
  id: 'AROACHECKOUT345672345',
  type: 'role',
  name: 'checkout',
  arn: `${IAM}:role/${part.name ?? 'checkout'}`,
  ...part,
});

export const aGroup = (part: Partial<GroupPart> = {}): GroupPart => ({
  kind: 'group',
  id: 'AGPAREADERS3456723456',
  accountId: '111122223333',
  name: 'readers',
  inlinePolicies: [],
  attachedPolicies: [],
  ...part,
});

export const aManagedPolicy = (part: Partial<ManagedPolicyPart> = {}): ManagedPolicyPart => ({
  kind: 'managedPolicy',
  id: `${IAM}:policy/everything`,
  accountId: '111122223333',
  document: EVERYTHING,
  ...part,
});

export const aSessionTokenKey = (part: Partial<SessionTokenKeyPart> = {}): SessionTokenKeyPart => ({
  kind: 'sessionTokenKey',
  id: '0123456789abcdef',
  secret: Buffer.alloc(32, 7).toString('base64'),
  ...part,
});

/** A VPC in a network with one service whose `/api` goes to one target group of two targets. */
export const aSnapshot = (): Part[] => [
  aVpc(),
  aNetwork(),
  aMembership(),
  aService(),
  aTargetGroup(),
];

let revision = 0;
export const aDelta = (upsert: readonly Part[], remove: readonly string[] = []): SnapshotDelta => {
  revision += 1;
  return { revision, full: false, upsert, remove };
};

export const aSource = (source: Partial<Source> = {}): Source => ({
  vpcId: 'vpc-1',
  address: '10.9.8.7',
  port: 41_234,
  listenerPort: 80,
  protocol: 'http',
  ...source,
});
