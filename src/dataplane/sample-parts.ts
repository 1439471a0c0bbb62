import type {
  HealthCheckPart,
  ListenerPart,
  MembershipPart,
  NetworkPart,
  Part,
  RulePart,
  ServicePart,
  SnapshotDelta,
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
  authType: 'NONE',
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
