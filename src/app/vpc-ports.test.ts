import { describe, expect, onTestFinished, test } from 'vitest';
import type { Vpc } from '../lattice/vpc.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { silentLogger } from '../telemetry/logger.ts';
import { PortTakenError, type Underlay } from '../underlay/underlay.ts';
import { VpcPorts } from './vpc-ports.ts';

const NOW = new Date('2026-01-01T00:00:00Z');

const vpc = (id: string): Vpc => ({
  id,
  accountId: '111122223333',
  createdAt: NOW.toISOString(),
  lastUpdatedAt: NOW.toISOString(),
  arn: `arn:aws:ec2:us-west-2:111122223333:vpc/${id}`,
  cidrBlock: '10.0.0.0/16',
  cidrAssociationId: 'vpc-cidr-assoc-1',
  enableDnsSupport: true,
  enableDnsHostnames: false,
  instanceTenancy: 'default',
  mainRouteTableId: 'rtb-1',
  defaultNetworkAclId: 'acl-1',
});

/** Ports 1, 2, 3, ... without sockets. */
class FakeUnderlay implements Underlay {
  readonly open_ = new Set<number>();
  readonly busy = new Set<number>();

  open(vpcId: string, wanted?: number) {
    let port = wanted ?? 1;
    if (wanted !== undefined && (this.busy.has(port) || this.open_.has(port))) {
      throw new PortTakenError(port, `port ${port} is in use`);
    }
    while (this.busy.has(port) || this.open_.has(port)) {
      port += 1;
    }
    this.open_.add(port);
    return { vpcId, port, handle: {}, close: () => void this.open_.delete(port) };
  }
}

const newPortals = async (store: Store, underlay = new FakeUnderlay()) => {
  const listening = new Map<string, number>();
  const refusing = new Set<number>();
  /** While it is there, nobody lives who could accept. */
  const nobody: { waiting?: PromiseWithResolvers<void>; taken: string[] } = { taken: [] };
  const timers: (() => void)[] = [];
  const portals = new VpcPorts({
    kind: 'portal',
    store,
    underlay,
    acceptor: {
      listen: async ({ vpcId, port }) => {
        await nobody.waiting?.promise;
        if (nobody.taken.includes(vpcId)) {
          return;
        }
        if (refusing.has(port)) {
          throw new Error('listen EADDRINUSE');
        }
        listening.set(vpcId, port);
      },
      unlisten: (vpcId) => {
        listening.delete(vpcId);
        nobody.taken.push(vpcId);
        nobody.waiting?.resolve();
      },
    },
    now: () => NOW,
    clock: {
      after: (_ms, run) => {
        timers.push(run);
        return () => void timers.splice(timers.indexOf(run), 1);
      },
    },
    logger: silentLogger,
    onChange: () => {},
  });
  onTestFinished(() => portals.stop());
  return { portals, listening, refusing, underlay, nobody, timers };
};

const newStore = async (...vpcIds: string[]): Promise<Store> => {
  const store = await openSqliteStore({ memory: true });
  onTestFinished(() => store.close());
  for (const id of vpcIds) {
    await store.write((tx) => tx.insert('vpc', vpc(id)));
  }
  return store;
};

const parts = (store: Store): Store => ({
  revision: () => store.revision(),
  read: (run) => store.read(run),
  write: (run) => store.write(run),
  subscribe: (listener) => store.subscribe(listener),
  changesSince: (revision) => store.changesSince(revision),
  close: () => store.close(),
});

/** A store in which a VPC comes just before the next read. */
const between = (store: Store, vpcId: string): Store => ({
  ...parts(store),
  read: async (run) => {
    await store.write((tx) => tx.insert('vpc', vpc(vpcId)));
    return store.read(run);
  },
});

const keptPortal = (id: string) => ({
  id,
  accountId: '111122223333',
  createdAt: NOW.toISOString(),
  lastUpdatedAt: NOW.toISOString(),
  port: 99,
});

const keptPorts = async (store: Store): Promise<Record<string, number>> => {
  const { items } = await store.read((tx) => tx.list('portal'));
  return Object.fromEntries(items.map(({ id, port }) => [id, port]));
};

describe('ports of VPCs', () => {
  test('are made for the VPCs that there are, and for each that comes', async () => {
    const store = await newStore('vpc-1');
    const { portals, listening } = await newPortals(store);
    await portals.start();
    await store.write((tx) => tx.insert('vpc', vpc('vpc-2')));
    await portals.settled();
    expect(Object.fromEntries(listening)).toEqual({ 'vpc-1': 1, 'vpc-2': 2 });
    expect(Object.fromEntries(portals.ports())).toEqual({ 'vpc-1': 1, 'vpc-2': 2 });
    expect(await keptPorts(store)).toEqual({ 'vpc-1': 1, 'vpc-2': 2 });
  });

  test('one VPC has one, also when it came while the VPCs were read', async () => {
    const store = await newStore('vpc-1');
    const { portals, listening, underlay } = await newPortals(between(store, 'vpc-2'));
    await portals.start();
    expect(Object.fromEntries(listening)).toEqual({ 'vpc-1': 2, 'vpc-2': 1 });
    expect([...underlay.open_]).toEqual([1, 2]);
    expect(await keptPorts(store)).toEqual({ 'vpc-1': 2, 'vpc-2': 1 });
  });

  test('a VPC that went after the VPCs were read has none', async () => {
    const store = await newStore('vpc-1');
    const { portals, underlay } = await newPortals({
      ...parts(store),
      read: async (run) => {
        const value = await store.read(run);
        await store.write((tx) => tx.delete('vpc', 'vpc-1'));
        return value;
      },
    });
    await portals.start();
    expect([...underlay.open_]).toEqual([]);
  });

  test('go with their VPC', async () => {
    const store = await newStore('vpc-1', 'vpc-2');
    const { portals, listening, underlay } = await newPortals(store);
    await portals.start();
    await store.write((tx) => tx.delete('vpc', 'vpc-1'));
    await portals.settled();
    expect(Object.fromEntries(listening)).toEqual({ 'vpc-2': 2 });
    expect([...underlay.open_]).toEqual([2]);
    expect(await keptPorts(store)).toEqual({ 'vpc-2': 2 });
  });

  test('have the same port after a restart', async () => {
    const store = await newStore('vpc-1', 'vpc-2');
    const first = await newPortals(store);
    await first.portals.start();
    first.portals.stop();
    await store.write((tx) => tx.delete('vpc', 'vpc-1'));
    const second = await newPortals(store);
    await second.portals.start();
    expect(Object.fromEntries(second.listening)).toEqual({ 'vpc-2': 2 });
    expect(await keptPorts(store)).toEqual({ 'vpc-2': 2 });
  });

  test('get another port when theirs is in use', async () => {
    const store = await newStore('vpc-1');
    const first = await newPortals(store);
    await first.portals.start();
    first.portals.stop();
    const underlay = new FakeUnderlay();
    underlay.busy.add(1);
    const second = await newPortals(store, underlay);
    await second.portals.start();
    expect(Object.fromEntries(second.listening)).toEqual({ 'vpc-1': 2 });
    expect(await keptPorts(store)).toEqual({ 'vpc-1': 2 });
  });

  test('get the next port when nobody can listen on the first', async () => {
    const store = await newStore('vpc-1');
    const { portals, refusing, listening, underlay } = await newPortals(store);
    refusing.add(1).add(2);
    await portals.start();
    expect(Object.fromEntries(listening)).toEqual({ 'vpc-1': 3 });
    expect([...underlay.open_]).toEqual([3]);
  });

  describe('while nobody can accept', () => {
    const newWaiting = async (...vpcIds: string[]) => {
      const store = await newStore(...vpcIds);
      const all = await newPortals(store);
      const waiting = Promise.withResolvers<void>();
      all.nobody.waiting = waiting;
      return { store, ...all, waiting };
    };
    const turn = () => new Promise((resolve) => setImmediate(resolve));

    test('are waited for so long and no longer, once, and come later by themselves', async () => {
      const { store, portals, listening, timers, waiting } = await newWaiting('vpc-1');
      const started = portals.start(5000);
      await turn();
      expect(timers).toHaveLength(1);
      timers[0]?.();
      await started;
      expect(await portals.settled(5000)).toBe(true);
      expect(timers).toEqual([]);
      waiting.resolve();
      await turn();
      expect(Object.fromEntries(listening)).toEqual({ 'vpc-1': 1 });
      expect(Object.fromEntries(portals.ports())).toEqual({ 'vpc-1': 1 });
      expect(await keptPorts(store)).toEqual({ 'vpc-1': 1 });
    });

    test('only what was asked for up to a revision is waited for', async () => {
      const { store, portals, waiting } = await newWaiting();
      await portals.start();
      const { revision } = await store.write((tx) => tx.insert('portal', keptPortal('vpc-0')));
      await store.write((tx) => tx.insert('vpc', vpc('vpc-1')));
      expect(await portals.settled(5000, revision)).toBe(true);
      expect(portals.ports().size).toBe(0);
      waiting.resolve();
      await portals.settled();
      expect(portals.ports().size).toBe(1);
    });

    test('a portal that comes within the time is waited for', async () => {
      const { store, portals, nobody } = await newWaiting();
      await portals.start();
      await store.write((tx) => tx.insert('vpc', vpc('vpc-1')));
      const settled = portals.settled(5000);
      nobody.waiting?.resolve();
      expect(await settled).toBe(true);
      expect([...portals.ports().keys()]).toEqual(['vpc-1']);
    });

    test('the portal of a VPC that goes again is given up', async () => {
      const { store, portals, underlay } = await newWaiting();
      await portals.start();
      await store.write((tx) => tx.insert('vpc', vpc('vpc-1')));
      await turn();
      expect([...underlay.open_]).toEqual([1]);
      await store.write((tx) => tx.delete('vpc', 'vpc-1'));
      await portals.settled();
      expect([...underlay.open_]).toEqual([]);
      expect(await keptPorts(store)).toEqual({});
    });

    test('a stop gives up what waits', async () => {
      const { portals, underlay, timers } = await newWaiting('vpc-1');
      const started = portals.start(5000);
      await turn();
      timers[0]?.();
      await started;
      portals.stop();
      await portals.settled();
      await turn();
      expect([...underlay.open_]).toEqual([]);
      expect(portals.ports().size).toBe(0);
    });
  });

  test('one that cannot be made does not keep the others', async () => {
    const store = await newStore('vpc-1');
    const { portals, refusing, listening, underlay } = await newPortals(store);
    for (let port = 1; port <= 5; port += 1) {
      refusing.add(port);
    }
    await portals.start();
    expect([...underlay.open_]).toEqual([]);
    refusing.clear();
    await store.write((tx) => tx.insert('vpc', vpc('vpc-2')));
    await portals.settled();
    expect(Object.fromEntries(listening)).toEqual({ 'vpc-2': 1 });
  });
});
