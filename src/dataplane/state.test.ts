import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Part, partKey } from '../snapshot/parts.ts';
import {
  aDelta,
  aListener,
  aMembership,
  aNetwork,
  aRule,
  aService,
  aSnapshot,
  aTarget,
  aTargetGroup,
  aVpc,
} from './sample-parts.ts';
import { DataPlaneState, type TargetRuntime } from './state.ts';
import { aCertificate } from './tls/sample-certificate.ts';

const makeState = (...deltas: Parameters<DataPlaneState['apply']>[0][]) => {
  const state = new DataPlaneState({ now: () => 0 });
  for (const delta of deltas) state.apply(delta);
  return state;
};

/** Everything that requests can see of a state. */
function describeState(state: DataPlaneState) {
  return {
    vpcs: [...state.vpcs.values()]
      .map((vpc) => [vpc.part.id, vpc.network?.part ?? null, vpc.sourceVpcHeader])
      .sort(byJson),
    hosts: [...state.networks.values()]
      .map((network) => [
        network.part,
        [...network.hosts].map(([host, service]) => [host, service.part.id]).sort(byJson),
      ])
      .sort(byJson),
    services: [...state.services.values()].map((service) => service.part).sort(byJson),
    groups: [...state.targetGroups.values()].map((group) => group.part).sort(byJson),
    targets: [...state.targetGroups.values()]
      .flatMap((group) => [...group.targets.values()].map(({ part }) => [group.part.id, part]))
      .sort(byJson),
    draining: [...state.draining].map(({ part }) => part.key).sort(byJson),
  };
}

const byJson = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('applying a delta', () => {
  test('a request finds its service from its VPC on', () => {
    const state = makeState(aDelta(aSnapshot()));
    const service = state.vpcs.get('vpc-1')?.network?.hosts.get('shop.example');
    expect(service?.part).toEqual(aService());
    expect(service?.listeners.get(80)?.part.id).toBe('listener-1');
  });

  test('parts may come in any order, one delta each', () => {
    for (const parts of [aSnapshot(), aSnapshot().reverse()]) {
      const state = makeState(...parts.map((part) => aDelta([part])));
      expect(describeState(state)).toEqual(describeState(makeState(aDelta(aSnapshot()))));
      expect(state.vpcs.get('vpc-1')?.network?.hosts.has('shop.example')).toBe(true);
    }
  });

  test('the headers that tell a target of the source are ready', () => {
    const state = makeState(aDelta([aVpc()]));
    expect(state.vpcs.get('vpc-1')?.sourceVpcHeader).toBe(
      'x-amzn-lattice-network: SourceVpcArn=arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1\r\nx-amzn-source-vpc: vpc-1\r\n',
    );
  });

  test('what a VPC has a part of stays its own when it changes, until it is gone', () => {
    const state = makeState(aDelta([aVpc()]));
    const { shares } = state.vpcs.get('vpc-1')!;
    state.apply(aDelta([aVpc({ cidrs: ['10.1.0.0/16'] })]));
    expect(state.vpcs.get('vpc-1')!.shares).toBe(shares);
    state.apply(aDelta([], ['vpc/vpc-1']));
    state.apply(aDelta([aVpc()]));
    expect(state.vpcs.get('vpc-1')!.shares).not.toBe(shares);
  });

  test('what did not change keeps its runtime object', () => {
    const state = makeState(aDelta(aSnapshot()));
    const service = state.services.get('svc-1');
    const group = state.targetGroups.get('tg-1');
    state.apply(aDelta([...aSnapshot(), aNetwork({ id: 'sn-2' })]));
    expect(state.services.get('svc-1')).toBe(service);
    expect(state.targetGroups.get('tg-1')).toBe(group);
  });

  test('a service that changed is another object with the same counters and unchanged listeners', () => {
    const state = makeState(aDelta(aSnapshot()));
    const before = state.services.get('svc-1')!;
    before.counters.add(200, 1, 1);
    const added = aListener({ id: 'listener-2', port: 81 });
    state.apply(aDelta([aService({ listeners: [...aService().listeners, added] })]));
    const after = state.services.get('svc-1')!;
    expect(after).not.toBe(before);
    expect(before.listeners.size).toBe(1);
    expect(after.listeners.get(80)).toBe(before.listeners.get(80));
    expect(after.counters.requests).toBe(1);
    expect(state.vpcs.get('vpc-1')?.network?.hosts.get('shop.example')).toBe(after);
  });

  test('a target that stays keeps health and load; one that goes is announced once', () => {
    const state = makeState(aDelta(aSnapshot()));
    const removed: TargetRuntime[] = [];
    state.onTargetRemoved((target) => removed.push(target));
    const [first, second] = [...state.targetGroups.get('tg-1')!.targets.values()];
    first!.setHealth('HEALTHY');
    first!.inFlight = 3;
    state.apply(aDelta([aTargetGroup({ targets: [aTarget(3), aTarget(1)] })]));
    const group = state.targetGroups.get('tg-1')!;
    expect([...group.targets.keys()]).toEqual(['10.0.0.3/8080', '10.0.0.1/8080']);
    expect(group.targets.get('10.0.0.1/8080')).toBe(first);
    expect(first).toMatchObject({ health: 'HEALTHY', inFlight: 3 });
    expect(removed).toEqual([second]);
    state.apply(aDelta([], ['targetGroup/tg-1']));
    expect(removed).toHaveLength(3);
    expect(state.targetGroups.size).toBe(0);
  });

  test('a target that is dialled elsewhere from now on is a new one', () => {
    const state = makeState(aDelta(aSnapshot()));
    const removed: TargetRuntime[] = [];
    state.onTargetRemoved((target) => removed.push(target));
    const before = state.targetGroups.get('tg-1')!.targets.get('10.0.0.1/8080');
    const moved = aTarget(1, { dial: { host: '127.0.0.1', port: 1 } });
    state.apply(aDelta([aTargetGroup({ targets: [moved, aTarget(2)] })]));
    expect(removed).toEqual([before]);
    expect(state.targetGroups.get('tg-1')!.targets.get('10.0.0.1/8080')!.part.dial?.port).toBe(1);
  });

  test('draining targets are known until they go or are registered again', () => {
    const state = makeState(
      aDelta([
        aTargetGroup({ targets: [aTarget(1, { draining: true }), aTarget(2, { draining: true })] }),
      ]),
    );
    expect([...state.draining].map(({ part }) => part.targetId)).toEqual(['10.0.0.1', '10.0.0.2']);
    state.apply(aDelta([aTargetGroup({ targets: [aTarget(1)] })]));
    expect(state.draining.size).toBe(0);
  });

  test('a full delta removes what it does not name and keeps the runtime of what it does', () => {
    const state = makeState(aDelta([...aSnapshot(), aVpc({ id: 'vpc-2' })]));
    const group = state.targetGroups.get('tg-1');
    state.apply({ revision: 7, full: true, upsert: [aTargetGroup()], remove: [] });
    expect(state.targetGroups.get('tg-1')).toBe(group);
    expect([state.vpcs.size, state.networks.size, state.services.size]).toEqual([0, 0, 0]);
    expect(state.revision).toBe(7);
  });

  test('a name that moves from one service to another in one delta is there without a gap', () => {
    const state = makeState(aDelta(aSnapshot()));
    const other = aService({ id: 'svc-2' });
    const membership = aMembership({ id: 'snsa-0', serviceId: 'svc-2' });
    state.apply(aDelta([membership, other], ['membership/snsa-1']));
    expect(state.networks.get('sn-1')?.hosts.get('shop.example')?.part.id).toBe('svc-2');
    state.apply(aDelta([], ['service/svc-2']));
    expect(state.networks.get('sn-1')?.hosts.size).toBe(0);
  });

  test('of two services that claim one name the one with the smaller association id has it', () => {
    const claims = [
      aMembership({ id: 'snsa-1', serviceId: 'svc-1' }),
      aMembership({ id: 'snsa-2', serviceId: 'svc-2' }),
    ];
    for (const order of [claims, claims.toReversed()]) {
      const state = makeState(aDelta([...aSnapshot(), aService({ id: 'svc-2' })], []));
      state.apply(aDelta([], ['membership/snsa-1']));
      for (const claim of order) state.apply(aDelta([claim]));
      const { hosts } = state.networks.get('sn-1')!;
      expect(hosts.get('shop.example')?.part.id).toBe('svc-1');
      state.apply(aDelta([], ['membership/snsa-1']));
      expect(hosts.get('shop.example')?.part.id).toBe('svc-2');
    }
  });

  test('a service that is in two networks is found in each under the names it has there', () => {
    const state = makeState(
      aDelta([
        ...aSnapshot(),
        aNetwork({ id: 'sn-2' }),
        aMembership({ id: 'snsa-2', networkId: 'sn-2', hosts: ['other.example'] }),
      ]),
    );
    expect([...state.networks.get('sn-1')!.hosts.keys()]).toEqual(['shop.example']);
    expect([...state.networks.get('sn-2')!.hosts.keys()]).toEqual(['other.example']);
  });
});

describe('forwarding', () => {
  const chosen = (state: DataPlaneState) => {
    const { action } = state.services
      .get('svc-1')!
      .listeners.get(80)!
      .routes.select({ ...emptyHead, target: '/api', path: '/api' });
    return action.type === 'forward' ? action.choose()?.part.id : action.statusCode;
  };
  const emptyHead = {
    method: 'GET',
    target: '/',
    path: '/',
    authority: '',
    host: '',
    names: [],
    values: [],
  };

  test('a target group that comes later than the rule is found, and one that goes is not', () => {
    const state = makeState(aDelta([aService()]));
    expect(chosen(state)).toBeUndefined();
    state.apply(aDelta([aTargetGroup()]));
    expect(chosen(state)).toBe('tg-1');
    state.apply(aDelta([], ['targetGroup/tg-1']));
    expect(chosen(state)).toBeUndefined();
  });

  test('weights go on where they were when something else of the listener changes', () => {
    const weights = [
      { targetGroupId: 'tg-1', weight: 1 },
      { targetGroupId: 'tg-2', weight: 3 },
    ];
    const rule = aRule({ action: { type: 'forward', targetGroups: weights } });
    const groups = [aTargetGroup(), aTargetGroup({ id: 'tg-2', targets: [] })];
    const state = makeState(aDelta(groups));
    const turns = [];
    for (let i = 0; i < 8; i += 1) {
      const later = aRule({ id: 'rule-2', priority: 20 + i });
      state.apply(aDelta([aService({ listeners: [aListener({ rules: [rule, later] })] })]));
      turns.push(chosen(state));
    }
    expect(turns.filter((id) => id === 'tg-1')).toHaveLength(2);
  });

  test('a single target group without weight gets nothing', () => {
    const action = {
      type: 'forward',
      targetGroups: [{ targetGroupId: 'tg-1', weight: 0 }],
    } as const;
    const listeners = [aListener({ rules: [aRule({ action })] })];
    expect(chosen(makeState(aDelta([aTargetGroup(), aService({ listeners })])))).toBeUndefined();
  });
});

describe('any history of deltas', () => {
  const id = fc.constantFrom('1', '2', '3');
  const host = fc.constantFrom('a', 'b', 'c');
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.tuple(id, id).map(([n, m]) => aVpc({ id: `vpc-${n}`, networkId: `sn-${m}` })),
    fc
      .tuple(id, fc.constantFrom('NONE', 'AWS_IAM'))
      .map(([n, authType]) => aNetwork({ id: `sn-${n}`, authType: authType as 'NONE' })),
    fc
      .record({ n: id, m: id, s: id, hosts: fc.uniqueArray(host) })
      .map(({ n, m, s, hosts }) =>
        aMembership({ id: `snsa-${n}`, networkId: `sn-${m}`, serviceId: `svc-${s}`, hosts }),
      ),
    fc.tuple(id, id).map(([n, name]) => aService({ id: `svc-${n}`, name })),
    fc
      .record({
        n: id,
        targets: fc.uniqueArray(fc.integer({ min: 1, max: 4 })),
        draining: fc.boolean(),
      })
      .map(({ n, targets, draining }) =>
        aTargetGroup({ id: `tg-${n}`, targets: targets.map((t) => aTarget(t, { draining })) }),
      ),
  );
  const key = fc.constantFrom(
    ...['vpc/vpc-', 'network/sn-', 'membership/snsa-', 'service/svc-', 'targetGroup/tg-'].flatMap(
      (prefix) => ['1', '2', '3'].map((n) => prefix + n),
    ),
  );
  const delta = fc.record({
    full: fc.boolean(),
    upsert: fc.uniqueArray(part, { selector: ({ kind, id }) => partKey(kind, id), maxLength: 8 }),
    remove: fc.array(key, { maxLength: 5 }),
  });

  test('ends in the state that its parts alone would give, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(delta, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (deltas, shuffle) => {
          const left = new Map<string, Part>();
          const state = makeState();
          for (const [revision, { full, upsert, remove }] of deltas.entries()) {
            state.apply({ revision, full, upsert, remove });
            if (full) left.clear();
            else for (const each of remove) left.delete(each);
            for (const each of upsert) left.set(partKey(each.kind, each.id), each);
          }
          const parts = [...left.values()];
          for (const n of shuffle) parts.push(...parts.splice(n % (parts.length || 1), 1));
          expect(describeState(state)).toEqual(describeState(makeState(aDelta(parts))));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a certificate is the same object until it changes, and goes with its part', () => {
  const state = new DataPlaneState({ now: () => 0 });
  const certificate = aCertificate();
  state.apply(aDelta([certificate]));
  state.apply(aDelta([{ ...certificate }]));
  expect(state.certificates.get(certificate.id)).toBe(certificate);
  const renewed = aCertificate('renewed', { id: certificate.id });
  state.apply(aDelta([renewed]));
  expect(state.certificates.get(certificate.id)).toBe(renewed);
  state.apply(aDelta([], [`certificate/${certificate.id}`]));
  expect(state.certificates.size).toBe(0);
});
