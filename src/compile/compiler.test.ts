import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change, ChangeSet, Documents, Kind } from '../lattice/documents.ts';
import type { OrganizationSettings } from '../lattice/organization.ts';
import { assertConsistent, ConsistencyChecker } from '../snapshot/consistency.ts';
import { applyDelta, digestParts } from '../snapshot/delta.ts';
import type { Parts, TargetGroupPart } from '../snapshot/parts.ts';
import { BUILDERS, type PartialResources, someResources } from './builders.ts';
import { compile } from './compile.ts';
import { Compiler } from './compiler.ts';
import { DocumentSet, editsArbitrary, resourcesArbitrary } from './documents.arbitrary.ts';
import type { CompiledKind, Resources } from './resources.ts';

const sorted = (parts: Parts) => [...parts].sort(([a], [b]) => (a < b ? -1 : 1));

describe('compile', () => {
  test('takes any documents, and every reference of what it makes resolves', () => {
    fc.assert(
      fc.property(resourcesArbitrary, (resources) => assertConsistent(compile(resources).parts)),
      { numRuns: 300 },
    );
  });

  test('makes the same of the same documents in any order', () => {
    const shuffled = resourcesArbitrary.chain((resources) =>
      fc.tuple(
        fc.constant(resources),
        fc.record(
          Object.fromEntries(
            Object.entries(resources).map(([kind, documents]) => [
              kind,
              fc.shuffledSubarray([...documents], { minLength: documents.length }),
            ]),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([resources, other]) => {
        const one = compile(resources);
        const two = compile(other as Resources);
        expect(sorted(two.parts)).toEqual(sorted(one.parts));
        expect(two.problems).toEqual(one.problems);
        expect(digestParts(two.parts)).toBe(digestParts(one.parts));
      }),
      { numRuns: 200 },
    );
  });

  test('does not change the documents, and what it makes cannot be changed', () => {
    const inlinePolicies = [{ name: 'own', document: '{}' }];
    const user = { inlinePolicies, tags: { team: 'shop' } };
    const resources = someResources({ ...SHOP, tagSet: [{}], iamUser: [user] });
    const before = structuredClone(resources);
    const { parts } = compile(resources);
    expect(resources).toEqual(before);
    for (const part of [user.tags, inlinePolicies[0], resources.tagSet?.[0]?.tags]) {
      expect(Object.isFrozen(part)).toBe(false);
    }
    const service = parts.get('service/svc-1') as unknown as { listeners: { port: number }[] };
    expect(() => {
      service.listeners[0]!.port = 81;
    }).toThrow(TypeError);
  });
});

const organization: OrganizationSettings = {
  id: 'o-a1b2c3d4e5',
  accounts: { shop: 'o-a1b2c3d4e5/r-ab12/', '444455556666': 'o-a1b2c3d4e5/r-ab12/' },
  serviceControlPolicies: [{ name: 'of all', targets: ['r-ab12'], document: '{}' }],
};

const SHOP: PartialResources = {
  vpc: [{}],
  serviceNetwork: [{}],
  service: [{}, { id: 'svc-2' }],
  serviceNetworkServiceAssociation: [{}, { id: 'snsa-2', serviceId: 'svc-2' }],
  serviceNetworkVpcAssociation: [{}],
  listener: [{ defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: 'tg-1' }] } } }],
  targetGroup: [{}, { id: 'tg-2' }],
  target: [{}],
};

const STAFF: PartialResources = {
  account: [{}],
  iamUser: [{}, { id: 'AIDA-2' }],
  iamRole: [{}],
  iamGroup: [{}],
  groupMembership: [{}],
  managedPolicy: [{}],
  policyAttachment: [{}, { entityKind: 'iamRole', entityId: 'AROA-1' }],
  accessKey: [{ userId: 'AIDA-1' }, { id: 'AKIA-2' }],
};

/** A compiler of `SHOP`, and a way to tell it one change. */
const shop = () => {
  const compiler = new Compiler(someResources(SHOP));
  let revision = 0;
  const change = (...changes: Change[]) => {
    revision += 1;
    const { delta, problems } = compiler.apply({ revision, changes });
    return { ...delta, problems: problems.map(({ code }) => code) };
  };
  return { compiler, change };
};

const put = <K extends CompiledKind>(kind: K, given: Partial<Documents[K]>): Change => {
  const after = BUILDERS[kind](given);
  return { kind, id: after.id, after } as Change;
};
const remove = (kind: Kind, id: string): Change => ({ kind, id }) as Change;
const keys = (delta: { upsert: readonly { kind: string; id: string }[] }) =>
  delta.upsert.map(({ kind, id }) => `${kind}/${id}`);

describe('the compiler', () => {
  test('after any changes has what a full compile of the documents makes', () => {
    fc.assert(
      fc.property(resourcesArbitrary, editsArbitrary, (resources, transactions) => {
        const documents = new DocumentSet(resources);
        const compiler = new Compiler(resources, { organization });
        const checker = new ConsistencyChecker();
        let received: Parts = new Map(compiler.parts);
        const all = [...compiler.parts.values()];
        expect(checker.check({ revision: 0, full: true, upsert: all, remove: [] })).toEqual([]);
        for (const [index, edits] of transactions.entries()) {
          const changeSet: ChangeSet = { revision: index + 1, changes: documents.edit(edits) };
          const { delta } = compiler.apply(changeSet);
          received = applyDelta(received, delta);
          const full = compile(documents.resources(), { organization });
          expect(sorted(compiler.parts)).toEqual(sorted(full.parts));
          expect(sorted(received)).toEqual(sorted(full.parts));
          expect(compiler.problems()).toEqual(full.problems);
          expect(checker.check(delta)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('says nothing of changes that the data plane need not know', () => {
    const { change } = shop();
    expect(change(put('service', { certificateArn: 'arn:aws:acm:x' }))).toEqual({
      revision: 1,
      full: false,
      upsert: [],
      remove: [],
      problems: [],
    });
    const provider = { kind: 'oidcProvider', id: 'a' } as Change;
    expect(change(provider)).toMatchObject({ revision: 2, upsert: [], remove: [] });
  });

  test('has the key of a certificate only while a service shows it', () => {
    const { compiler, change } = shop();
    const arn = BUILDERS.certificate({}).arn;
    const key = `certificate/${arn}`;
    const keysSent = (delta: ReturnType<typeof change>) => ({
      upsert: keys(delta),
      remove: delta.remove,
    });
    const https = { id: 'listener-2', protocol: 'HTTPS', port: 443 } as const;
    const both = { customDomainName: 'shop.example', certificateArn: arn };
    change(put('certificate', {}), put('service', both));
    expect(compiler.parts.has(key)).toBe(false);
    expect(keysSent(change(put('listener', https)))).toEqual({
      upsert: ['service/svc-1', key],
      remove: [],
    });
    const renewed = change(put('certificate', { certificatePem: 'renewed\n' }));
    expect(keysSent(renewed)).toEqual({ upsert: [key], remove: [] });
    expect(keysSent(change(remove('certificate', 'c1')))).toEqual({
      upsert: ['service/svc-1'],
      remove: [key],
    });
    expect(compiler.problems().map(({ code, id }) => [code, id])).toEqual([
      ['missingCertificate', 'svc-1'],
      ['missingCertificate', 'svc-1'],
    ]);
  });

  const touches: { name: string; change: Change; upsert: string[]; remove?: string[] }[] = [
    {
      name: 'a new target changes its group only',
      change: put('target', { targetId: '10.0.0.2' }),
      upsert: ['targetGroup/tg-1'],
    },
    {
      name: 'an address mapping changes the groups that have a target there',
      change: put('addressMapping', { address: '10.0.0.1' }),
      upsert: ['targetGroup/tg-1'],
    },
    {
      name: 'an address mapping of an address without a target changes nothing',
      change: put('addressMapping', { address: '10.0.0.9' }),
      upsert: [],
    },
    {
      name: 'an address mapping of another VPC changes nothing',
      change: put('addressMapping', { vpcId: 'vpc-2', address: '10.0.0.1' }),
      upsert: [],
    },
    {
      name: 'a rule changes its service, and the group that it begins to use',
      change: put('rule', {
        priority: 1,
        action: { forward: { targetGroups: [{ targetGroupIdentifier: 'tg-2' }] } },
      }),
      upsert: ['service/svc-1', 'targetGroup/tg-2'],
    },
    {
      name: 'a listener that goes changes its service, and the group that it used',
      change: remove('listener', 'listener-1'),
      upsert: ['service/svc-1', 'targetGroup/tg-1'],
    },
    {
      name: 'a group that goes changes the services that used it',
      change: remove('targetGroup', 'tg-1'),
      upsert: ['service/svc-1'],
      remove: ['targetGroup/tg-1'],
    },
    {
      name: 'a group whose deletion begins is gone for the services that used it',
      change: put('targetGroup', { status: 'DELETE_IN_PROGRESS' }),
      upsert: ['service/svc-1'],
      remove: ['targetGroup/tg-1'],
    },
    {
      name: 'a group that comes with a protocol of its listener no more changes the services too',
      change: put('targetGroup', { config: { protocol: 'TCP' } }),
      upsert: ['service/svc-1', 'targetGroup/tg-1'],
    },
    {
      name: 'a new name changes the service and its memberships',
      change: put('service', { name: 'new', customDomainName: 'new.example' }),
      upsert: ['service/svc-1', 'membership/snsa-1'],
    },
    {
      name: 'a network that comes with another auth type changes nothing but itself',
      change: put('serviceNetwork', { authType: 'AWS_IAM' }),
      upsert: ['network/sn-1'],
    },
    {
      name: 'a network that goes takes its memberships with it and leaves the VPC without',
      change: remove('serviceNetwork', 'sn-1'),
      upsert: ['vpc/vpc-1'],
      remove: ['network/sn-1', 'membership/snsa-1', 'membership/snsa-2'],
    },
    {
      name: 'an auth policy changes its service',
      change: put('authPolicy', { id: 'svc-2' }),
      upsert: ['service/svc-2'],
    },
    {
      name: 'a log subscription changes its network',
      change: put('accessLogSubscription', { resourceId: 'sn-1' }),
      upsert: ['network/sn-1'],
    },
    {
      name: 'tags change the service that has them',
      change: put('tagSet', {}),
      upsert: ['service/svc-1'],
    },
    {
      name: 'tags of anything else change nothing',
      change: put('tagSet', { id: 'arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1' }),
      upsert: [],
    },
  ];
  for (const { name, change, upsert, remove: removed = [] } of touches) {
    test(name, () => {
      const delta = shop().change(change);
      expect({ upsert: keys(delta), remove: delta.remove }).toEqual({ upsert, remove: removed });
    });
  }

  const identityTouches: { name: string; change: Change; upsert: string[]; remove?: string[] }[] = [
    {
      name: 'a new version of a policy changes nobody who has it',
      change: put('managedPolicy', {
        versions: [{ id: 'v1', document: '{}', createdAt: '2026-01-02T00:00:00.000Z' }],
      }),
      upsert: ['managedPolicy/arn:aws:iam::111122223333:policy/invoke'],
    },
    {
      name: 'a policy that goes changes nobody who had it',
      change: remove('managedPolicy', 'ANPA-1'),
      upsert: [],
      remove: ['managedPolicy/arn:aws:iam::111122223333:policy/invoke'],
    },
    {
      name: 'an attachment changes the user who gets the policy',
      change: put('policyAttachment', { policyArn: 'arn:aws:iam::aws:policy/X' }),
      upsert: ['principal/AIDA-1'],
    },
    {
      name: 'an attachment to a group changes none of its members',
      change: put('policyAttachment', { entityKind: 'iamGroup', entityId: 'AGPA-1' }),
      upsert: ['group/AGPA-1'],
    },
    {
      name: 'a policy written into a group changes none of its members',
      change: put('iamGroup', { inlinePolicies: [{ name: 'a', document: '{}' }] }),
      upsert: ['group/AGPA-1'],
    },
    {
      name: 'a group that goes changes its members',
      change: remove('iamGroup', 'AGPA-1'),
      upsert: ['principal/AIDA-1'],
      remove: ['group/AGPA-1'],
    },
    {
      name: 'who leaves a group is changed, and the group is not',
      change: remove('groupMembership', 'AGPA-1/AIDA-1'),
      upsert: ['principal/AIDA-1'],
    },
    {
      name: 'tags of a user change its part and not its keys',
      change: put('iamUser', { tags: { team: 'shop' } }),
      upsert: ['principal/AIDA-1'],
    },
    {
      name: 'a user who goes takes the keys along',
      change: remove('iamUser', 'AIDA-1'),
      upsert: [],
      remove: ['principal/AIDA-1', 'accessKey/AKIA-1'],
    },
    {
      name: 'a key that is made inactive goes',
      change: put('accessKey', { userId: 'AIDA-1', active: false }),
      upsert: [],
      remove: ['accessKey/AKIA-1'],
    },
    {
      name: 'what IAM keeps of a role that the data plane need not know changes nothing',
      change: put('iamRole', { description: 'x', trustPolicy: '{}', maxSessionSeconds: 7200 }),
      upsert: [],
    },
    {
      name: 'a key for session tokens comes alone',
      change: put('sessionTokenKey', {}),
      upsert: ['sessionTokenKey/0123456789abcdef'],
    },
  ];
  const ZONE = {
    vpc: [{}],
    hostedZone: [{ id: 'Z-1' }],
    recordSet: [{ zoneId: 'Z-1' }, { zoneId: 'Z-1', name: 'api.shop.example' }],
  };
  const nameTouches: typeof identityTouches = [
    {
      name: 'a record set that changes is sent alone, whatever else its zone has',
      change: put('recordSet', { zoneId: 'Z-1', values: ['10.0.0.2'] }),
      upsert: ['recordSet/Z-1/A/www.shop.example'],
    },
    {
      name: 'a VPC that is associated with a zone changes the zone, and not its records',
      change: put('hostedZone', { id: 'Z-1', vpcIds: ['vpc-1', 'vpc-2'] }),
      upsert: ['hostedZone/Z-1'],
    },
    {
      name: 'the comment of a zone is of no interest',
      change: put('hostedZone', { id: 'Z-1', comment: 'for the shop' }),
      upsert: [],
    },
    {
      name: 'a zone that goes takes its records along',
      change: remove('hostedZone', 'Z-1'),
      upsert: [],
      remove: [
        'hostedZone/Z-1',
        'recordSet/Z-1/A/www.shop.example',
        'recordSet/Z-1/A/api.shop.example',
      ],
    },
    {
      name: 'records of a zone that is not there are not sent',
      change: put('recordSet', { zoneId: 'Z-2' }),
      upsert: [],
    },
    {
      name: 'a VPC in which no names are to be resolved says so',
      change: put('vpc', { enableDnsSupport: false }),
      upsert: ['vpc/vpc-1'],
    },
    {
      name: 'a VPC that gets host names, with which hosted zones answer there, says so',
      change: put('vpc', { enableDnsHostnames: true }),
      upsert: ['vpc/vpc-1'],
    },
  ];
  for (const { name, change, upsert, remove: removed = [] } of nameTouches) {
    test(name, () => {
      const compiler = new Compiler(someResources(ZONE));
      const { delta } = compiler.apply({ revision: 1, changes: [change] });
      expect({ upsert: keys(delta), remove: delta.remove }).toEqual({ upsert, remove: removed });
    });
  }
  for (const { name, change, upsert, remove: removed = [] } of identityTouches) {
    test(name, () => {
      const compiler = new Compiler(someResources(STAFF));
      const { delta } = compiler.apply({ revision: 1, changes: [change] });
      expect({ upsert: keys(delta), remove: delta.remove }).toEqual({ upsert, remove: removed });
    });
  }

  test('gives a host name on when its older holder goes', () => {
    const { compiler, change } = shop();
    change(put('service', { customDomainName: 'shop.example' }));
    const taken = change(put('service', { id: 'svc-2', customDomainName: 'shop.example' }));
    expect(taken.problems).toEqual(['duplicateHost']);
    change(remove('serviceNetworkServiceAssociation', 'snsa-1'));
    expect(compiler.parts.get('membership/snsa-2')).toMatchObject({
      hosts: ['svc-2.on.aws', 'shop.example'],
    });
    expect(compiler.problems()).toEqual([]);
  });

  test('gives a host name on when the service of its older holder is being deleted', () => {
    const { compiler, change } = shop();
    change(put('service', { customDomainName: 'shop.example' }));
    change(put('service', { id: 'svc-2', customDomainName: 'shop.example' }));
    change(put('service', { customDomainName: 'shop.example', status: 'DELETE_IN_PROGRESS' }));
    expect(compiler.parts.get('membership/snsa-1')).toBeUndefined();
    expect(compiler.parts.get('membership/snsa-2')).toMatchObject({
      hosts: ['svc-2.on.aws', 'shop.example'],
    });
  });

  test('forgets a problem when its cause is gone', () => {
    const { compiler, change } = shop();
    change(remove('targetGroup', 'tg-1'));
    expect(compiler.problems()).toHaveLength(1);
    change(put('targetGroup', {}));
    expect(compiler.problems()).toEqual([]);
  });
});

/** `count` services, each with a listener, a rule and a group of two targets, in one network. */
const manyServices = (count: number): Resources => {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const forward = (number: number) => ({
    forward: { targetGroups: [{ targetGroupIdentifier: `tg-${number}` }] },
  });
  return someResources({
    serviceNetwork: [{}],
    service: numbers.map((n) => ({ id: `svc-${n}` })),
    serviceNetworkServiceAssociation: numbers.map((n) => ({
      id: `snsa-${n}`,
      serviceId: `svc-${n}`,
    })),
    listener: numbers.map((n) => ({
      id: `listener-${n}`,
      serviceId: `svc-${n}`,
      defaultAction: forward(n),
    })),
    rule: numbers.map((n) => ({
      id: `rule-${n}`,
      serviceId: `svc-${n}`,
      listenerId: `listener-${n}`,
      priority: 1,
      action: forward(n),
    })),
    targetGroup: numbers.map((n) => ({ id: `tg-${n}` })),
    target: numbers.flatMap((n) => [
      { targetGroupId: `tg-${n}` },
      { targetGroupId: `tg-${n}`, targetId: '10.0.0.2' },
    ]),
  });
};

test('a change costs what it touches: as good as the same with 100 and with 3,000 services', () => {
  const median = (count: number) => {
    const compiler = new Compiler(manyServices(count));
    const times = Array.from({ length: 201 }, (_, index) => {
      const changes = [
        put('rule', {
          id: 'rule-7',
          serviceId: 'svc-7',
          listenerId: 'listener-7',
          priority: 1 + index,
        }),
      ];
      const start = performance.now();
      compiler.apply({ revision: index + 1, changes });
      return performance.now() - start;
    });
    return times.sort((a, b) => a - b)[100]!;
  };
  median(100);
  // Far from both: linear cost would be 30 times as much, constant cost varies by less than 2.
  expect(median(3000)).toBeLessThan(10 * median(100));
});

test('where VPCs are real networks targets are dialled at their own addresses', () => {
  const resources = someResources({
    vpc: [{}],
    targetGroup: [{}],
    target: [{}],
    addressMapping: [{}],
  });
  const dialled = (compiler: Compiler) =>
    (compiler.parts.get('targetGroup/tg-1') as TargetGroupPart).targets.map(({ dial }) => dial);
  const compiler = new Compiler(resources, { ignoresAddressMap: true });
  expect(dialled(compiler)).toEqual([{ host: '10.0.0.1', port: 80 }]);
  expect(dialled(new Compiler(resources))).toEqual([{ host: '127.0.0.1', port: 80 }]);
  const after = resources.addressMapping![0]!;
  const { delta } = compiler.apply({
    revision: 1,
    changes: [{ kind: 'addressMapping', id: after.id, after: { ...after, hostPort: 9 } }],
  });
  expect(delta).toMatchObject({ upsert: [], remove: [] });
});
