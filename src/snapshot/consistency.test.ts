import { describe, expect, test } from 'vitest';
import { assertConsistent, ConsistencyChecker, InconsistentSnapshotError } from './consistency.ts';
import { keyOf } from './delta.ts';
import type {
  AccessKeyPart,
  CertificatePart,
  GroupPart,
  ListenerPart,
  MembershipPart,
  NetworkPart,
  Part,
  PrincipalPart,
  RulePart,
  ServicePart,
  TargetGroupPart,
  TargetPart,
  VpcPart,
} from './parts.ts';

const network: NetworkPart = {
  kind: 'network',
  id: 'sn-1',
  arn: 'arn:sn-1',
  accountId: '111122223333',
  authType: 'NONE',
  logs: [],
};
const vpc: VpcPart = {
  kind: 'vpc',
  id: 'vpc-1',
  arn: 'arn:vpc-1',
  accountId: '111122223333',
  associationId: 'snva-1',
  networkId: 'sn-1',
  cidrs: ['10.0.0.0/16'],
  securityGroupIds: [],
  defaultNetworkAclId: 'acl-1',
};
const rule = (id: string, priority: number): RulePart => ({
  id,
  priority,
  match: { headers: [] },
  action: { type: 'forward', targetGroups: [{ targetGroupId: 'tg-1', weight: 1 }] },
});
const listener: ListenerPart = {
  id: 'listener-1',
  port: 80,
  protocol: 'HTTP',
  rules: [rule('rule-1', 1), rule('rule-2', 2)],
  defaultAction: { type: 'fixed', statusCode: 404 },
};
const service: ServicePart = {
  kind: 'service',
  id: 'svc-1',
  arn: 'arn:svc-1',
  accountId: '111122223333',
  name: 'cart',
  domainName: 'cart.on.aws',
  authType: 'NONE',
  tags: {},
  idleTimeoutMs: 60_000,
  listeners: [listener, { ...listener, id: 'listener-2', port: 443 }],
  certificates: [{ host: 'cart.example', certificateId: 'arn:c1' }],
  logs: [],
};
const certificate: CertificatePart = {
  kind: 'certificate',
  id: 'arn:c1',
  certificatePem: 'certificate',
  privateKeyPem: 'key',
};
const membership: MembershipPart = {
  kind: 'membership',
  id: 'snsa-1',
  networkId: 'sn-1',
  serviceId: 'svc-1',
  hosts: ['cart.example'],
};
const target: TargetPart = {
  key: '10.0.0.1/80',
  targetId: '10.0.0.1',
  port: 80,
  address: '10.0.0.1',
  dial: { host: '10.0.0.1', port: 80 },
  draining: false,
};
const targetGroup: TargetGroupPart = {
  kind: 'targetGroup',
  id: 'tg-1',
  arn: 'arn:tg-1',
  type: 'IP',
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  vpcId: 'vpc-1',
  used: true,
  healthCheck: undefined,
  targets: [target],
};
const group: GroupPart = {
  kind: 'group',
  id: 'AGPA1',
  accountId: '111122223333',
  name: 'readers',
  inlinePolicies: [],
  attachedPolicies: [],
};
const user: PrincipalPart = {
  kind: 'principal',
  id: 'AIDA1',
  type: 'user',
  accountId: '111122223333',
  name: 'alice',
  arn: 'arn:aws:iam::111122223333:user/alice',
  tags: {},
  inlinePolicies: [],
  attachedPolicies: ['arn:aws:iam::111122223333:policy/gone'],
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/gone',
  groupIds: ['AGPA1'],
};
const accessKey: AccessKeyPart = {
  kind: 'accessKey',
  id: 'AKIA1',
  accountId: '111122223333',
  secretAccessKey: 'wJalrXUtnFEMI',
  principalArn: user.arn,
  userId: 'AIDA1',
};
const GOOD: readonly Part[] = [
  network,
  vpc,
  service,
  membership,
  targetGroup,
  certificate,
  group,
  user,
  accessKey,
];

const partsOf = (parts: readonly Part[]) => new Map(parts.map((part) => [keyOf(part), part]));
const without = (...keys: string[]) => GOOD.filter((part) => !keys.includes(keyOf(part)));
const replaced = (part: Part) => [...without(keyOf(part)), part];
const other: NetworkPart = { ...network, id: 'sn-2' };

const cases: { name: string; parts: readonly Part[]; text: string }[] = [
  {
    name: 'a VPC of a network that is missing',
    parts: without('network/sn-1', 'membership/snsa-1'),
    text: '`vpc/vpc-1` refers to `network/sn-1`, which is missing',
  },
  {
    name: 'a membership of a network that is missing',
    parts: without('network/sn-1', 'vpc/vpc-1'),
    text: '`membership/snsa-1` refers to `network/sn-1`, which is missing',
  },
  {
    name: 'a membership of a service that is missing',
    parts: without('service/svc-1', 'targetGroup/tg-1'),
    text: '`membership/snsa-1` refers to `service/svc-1`, which is missing',
  },
  {
    name: 'a forward to a target group that is missing',
    parts: without('targetGroup/tg-1'),
    text: '`service/svc-1` refers to `targetGroup/tg-1`, which is missing',
  },
  {
    name: 'a certificate that is missing',
    parts: without('certificate/arn:c1'),
    text: '`service/svc-1` refers to `certificate/arn:c1`, which is missing',
  },
  {
    name: 'a certificate that no service shows',
    parts: [...GOOD, { ...certificate, id: 'arn:c2' }],
    text: '`certificate/arn:c2` is shown by no service',
  },
  {
    name: 'two certificates for one host name',
    parts: replaced({
      ...service,
      certificates: [...service.certificates, ...service.certificates],
    }),
    text: '`service/svc-1` has two certificates for one host',
  },
  {
    name: 'two listeners with one port',
    parts: replaced({ ...service, listeners: [listener, { ...listener, id: 'listener-2' }] }),
    text: 'listeners of `service/svc-1` are not ascending by port',
  },
  {
    name: 'two rules with one priority',
    parts: replaced({
      ...service,
      listeners: [{ ...listener, rules: [rule('rule-1', 1), rule('rule-2', 1)] }],
    }),
    text: 'rules of listener `listener-1` are not ascending by priority',
  },
  {
    name: 'rules out of order',
    parts: replaced({
      ...service,
      listeners: [{ ...listener, rules: [rule('rule-2', 2), rule('rule-1', 1)] }],
    }),
    text: 'rules of listener `listener-1` are not ascending by priority',
  },
  {
    name: 'a host name twice in a network',
    parts: [...GOOD, { ...membership, id: 'snsa-2' }],
    text: '`membership/snsa-2` shares its host: `sn-1 cart.example`',
  },
  {
    name: 'a membership without a host name',
    parts: replaced({ ...membership, hosts: [] }),
    text: '`membership/snsa-1` has no host',
  },
  {
    name: 'a used target group that says it is not',
    parts: replaced({ ...targetGroup, used: false }),
    text: '`targetGroup/tg-1` says used: false, but 1 services use it',
  },
  {
    name: 'an unused target group that says it is used',
    parts: [...GOOD, { ...targetGroup, id: 'tg-2' }],
    text: '`targetGroup/tg-2` says used: true, but 0 services use it',
  },
  {
    name: 'a target twice',
    parts: replaced({ ...targetGroup, targets: [target, target] }),
    text: '`targetGroup/tg-1` has a target twice',
  },
  {
    name: 'a user in a group that is missing',
    parts: without('group/AGPA1'),
    text: '`principal/AIDA1` refers to `group/AGPA1`, which is missing',
  },
  {
    name: 'an access key of a user who is missing',
    parts: without('principal/AIDA1'),
    text: '`accessKey/AKIA1` refers to `principal/AIDA1`, which is missing',
  },
];

describe('a snapshot is inconsistent with', () => {
  for (const { name, parts, text } of cases) {
    test(name, () => {
      expect(() => assertConsistent(partsOf(parts))).toThrow(InconsistentSnapshotError);
      expect(() => assertConsistent(partsOf(parts))).toThrow(text);
    });

    test(`${name}, when a delta leads there`, () => {
      const checker = new ConsistencyChecker();
      const full = { revision: 1, full: true, upsert: GOOD, remove: [] };
      expect(checker.check(full)).toEqual([]);
      const before = partsOf(GOOD);
      const after = partsOf(parts);
      const delta = {
        revision: 2,
        full: false,
        upsert: parts.filter((part) => before.get(keyOf(part)) !== part),
        remove: [...before.keys()].filter((key) => !after.has(key)),
      };
      expect(checker.check(delta)).toContain(text);
    });
  }

  test('a part under the key of another', () => {
    expect(() => assertConsistent(new Map([['network/sn-2', network]]))).toThrow(
      '`network/sn-1` is kept under `network/sn-2`',
    );
  });
});

test('a host name that one membership gave up may be taken by another', () => {
  const checker = new ConsistencyChecker();
  const delta = (upsert: readonly Part[]) => ({ revision: 1, full: false, upsert, remove: [] });
  expect(checker.check(delta(GOOD))).toEqual([]);
  expect(checker.check(delta([{ ...membership, hosts: ['new.example'] }]))).toEqual([]);
  expect(checker.check(delta([{ ...membership, id: 'snsa-2' }]))).toEqual([]);
});

test('what is said of access keys holds no secret', () => {
  const checker = new ConsistencyChecker();
  const misplaced = new Map([
    ...partsOf(without('principal/AIDA1')),
    ['accessKey/AKIA2', accessKey],
  ]);
  const said = checker.check({ revision: 1, full: true, upsert: [accessKey], remove: [] });
  expect(said).toHaveLength(1);
  expect(said.join()).not.toContain(accessKey.secretAccessKey);
  expect(() => assertConsistent(misplaced)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(accessKey.secretAccessKey) }),
  );
});

test('a consistent snapshot passes, also with a host name in two networks', () => {
  assertConsistent(partsOf(GOOD));
  assertConsistent(partsOf([...GOOD, other, { ...membership, id: 'snsa-2', networkId: 'sn-2' }]));
});
