import { describe, expect, onTestFinished, test } from 'vitest';
import type { Vpc } from '../lattice/vpc.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { silentLogger } from '../telemetry/logger.ts';
import { PortTakenError, type Underlay } from '../underlay/underlay.ts';
import { Portals } from './portals.ts';

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
  const portals = new Portals({
    store,
    underlay,
    acceptor: {
      listen: async (vpcId, port) => {
        if (refusing.has(port)) {
          throw new Error('listen EADDRINUSE');
        }
        listening.set(vpcId, port);
      },
      unlisten: (vpcId) => void listening.delete(vpcId),
    },
    now: () => NOW,
    logger: silentLogger,
    onChange: () => {},
  });
  onTestFinished(() => portals.stop());
  return { portals, listening, refusing, underlay };
};

const newStore = async (...vpcIds: string[]): Promise<Store> => {
  const store = await openSqliteStore({ memory: true });
  onTestFinished(() => store.close());
  for (const id of vpcIds) {
    await store.write((tx) => tx.insert('vpc', vpc(id)));
  }
  return store;
};

const keptPorts = async (store: Store): Promise<Record<string, number>> => {
  const { items } = await store.read((tx) => tx.list('portal'));
  return Object.fromEntries(items.map(({ id, port }) => [id, port]));
};

describe('portals', () => {
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
