import { describe, expect, onTestFinished, test } from 'vitest';
import { BUILDERS } from '../../compile/builders.ts';
import { aDelta, aListener, aMembership, aService, aVpc } from '../../dataplane/sample-parts.ts';
import type { SnapshotDelta } from '../../snapshot/parts.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import type { Plans } from '../../underlay/netns/diff-plans.ts';
import { NamespacesError } from '../../underlay/netns/namespaces.ts';
import { PortTakenError } from '../../underlay/underlay.ts';
import { NetworkBoard } from './network-board.ts';
import { VpcNetworks } from './vpc-networks.ts';

/** Networks of a store with one VPC, over namespaces that are only names. */
const setUp = async () => {
  const store = await openSqliteStore({ memory: true });
  onTestFinished(() => store.close());
  await store.write((tx) => tx.insert('vpc', BUILDERS.vpc({})));
  const there = new Set<string>(['p-left-behind']);
  const open = new Set<string>();
  const resolving = new Set<string>();
  const told: string[] = [];
  const errors: string[] = [];
  const timers: (() => void)[] = [];
  const applied: number[] = [];
  const failing: Error[] = [];
  /** Ports that cannot be had; 0: no resolver can. */
  const taken = new Set<number>();
  const board = new NetworkBoard({ hasPorts: false });
  const givenUp: ReadonlyMap<string, string>[] = [];
  let send = (_delta: SnapshotDelta) => {};
  /** While it is there, nothing is done. */
  const gate: { wait?: Promise<void> } = {};
  const networks = new VpcNetworks({
    store,
    snapshots: {
      addFeed: (to) => {
        send = to;
        to(aDelta([aVpc(), aMembership(), aService({ listeners: [aListener({ port: 80 })] })]));
        return { applied: (revision) => void applied.push(revision), remove: () => {} };
      },
    },
    prefix: 'p-',
    namespaces: {
      clean: async () => there.clear(),
      apply: async (names: Iterable<string>, wanted: Plans) => {
        await gate.wait;
        const failure = failing.shift();
        if (failure !== undefined) throw failure;
        for (const name of names) there.delete(name);
        for (const name of wanted.keys()) there.add(name);
      },
    },
    underlay: {
      open: (vpcId, port = 0) => {
        if (taken.has(port)) throw new PortTakenError(port, `port ${port} is taken`);
        open.add(`${vpcId}:${port}`);
        return { vpcId, port, handle: {}, close: () => void open.delete(`${vpcId}:${port}`) };
      },
    },
    acceptor: {
      listen: async ({ vpcId, listenerPort }) => void told.push(`listen ${vpcId}:${listenerPort}`),
      unlisten: (vpcId, port) => void told.push(`unlisten ${vpcId}:${port}`),
      forgetSockets: (vpcId) => void told.push(`forget ${vpcId}`),
    },
    resolvers: {
      open: (vpcId, addresses) => {
        if (taken.has(0)) throw new Error('no resolver');
        for (const address of addresses) resolving.add(`${vpcId} ${address}`);
      },
      close: (vpcId) => {
        for (const place of resolving) if (place.startsWith(`${vpcId} `)) resolving.delete(place);
      },
    },
    board,
    giveUp: async (reasons) => void givenUp.push(reasons),
    clock: {
      after: (_ms, run) => {
        timers.push(run);
        return () => void (timers.includes(run) && timers.splice(timers.indexOf(run), 1));
      },
    },
    logger: { ...silentLogger, error: (text) => void errors.push(text) },
  });
  await networks.start();
  const all = {
    store,
    networks,
    there,
    open,
    resolving,
    told,
    errors,
    timers,
    applied,
    failing,
    taken,
    board,
    givenUp,
    gate,
  };
  return { ...all, send: (delta: SnapshotDelta) => send(delta) };
};

const CLIENTS = 'p-vpc-1';
const ROUTER = 'p-vpc-1-router';
const SUBNET = {
  ...BUILDERS.vpc({}),
  id: 'subnet-1',
  vpcId: 'vpc-1',
  availabilityZone: 'us-west-2a',
  mapPublicIpOnLaunch: false,
  assignIpv6AddressOnCreation: false,
};

describe('the networks of VPCs', () => {
  test('are made at the start, in place of what was left behind, and accept when told', async () => {
    const { networks, there, open, resolving, told } = await setUp();
    expect(there).toEqual(new Set([ROUTER, CLIENTS]));
    expect([open, resolving]).toEqual([new Set(), new Set()]);
    await networks.listen();
    expect(resolving).toEqual(
      new Set(['vpc-1 169.254.169.253', 'vpc-1 10.0.0.2', 'vpc-1 fd00:ec2::253']),
    );
    expect(open).toEqual(new Set(['vpc-1:80']));
    expect(told).toEqual(['listen vpc-1:80']);
  });

  test('follow instances, listeners and VPCs', async () => {
    const { store, networks, there, open, resolving, told, applied, send } = await setUp();
    await networks.listen();
    await store.write(async (tx) => {
      await tx.insert('subnet', SUBNET);
      await tx.insert('instance', BUILDERS.instance({}));
    });
    await networks.settled();
    expect(there).toEqual(new Set([ROUTER, CLIENTS, 'p-i-1']));

    send({ ...aDelta([aService({ listeners: [aListener({ port: 81 })] })]), revision: 7 });
    await networks.settled();
    expect(applied.at(-1)).toBe(7);
    expect(open).toEqual(new Set(['vpc-1:81']));
    expect(told).toEqual(['listen vpc-1:80', 'unlisten vpc-1:80', 'listen vpc-1:81']);

    await store.write((tx) => tx.delete('vpc', 'vpc-1'));
    await networks.settled();
    expect(there).toEqual(new Set());
    expect([open, resolving]).toEqual([new Set(), new Set()]);
    expect(told.slice(3)).toEqual(['unlisten vpc-1:81', 'forget vpc-1']);
  });

  test('follow what is written while they are being made, without another delta', async () => {
    const { store, networks, there, gate } = await setUp();
    const go = Promise.withResolvers<void>();
    gate.wait = go.promise;
    await store.write((tx) => tx.insert('vpc', BUILDERS.vpc({ id: 'vpc-2' })));
    await new Promise((resolve) => setImmediate(resolve));
    await store.write((tx) => tx.insert('vpc', BUILDERS.vpc({ id: 'vpc-3' })));
    const settled = networks.settled();
    go.resolve();
    await settled;
    expect(there).toContain('p-vpc-2');
    expect(there).toContain('p-vpc-3');
  });

  test('that fail are told, lose what led into them, and are tried again', async () => {
    const { store, networks, there, open, told, errors, timers, failing } = await setUp();
    await networks.listen();
    failing.push(new NamespacesError(new Map([[ROUTER, new Error('no')]])));
    await store.write((tx) => tx.update('vpc', BUILDERS.vpc({ cidrBlock: '10.1.0.0/16' })));
    await networks.settled();
    expect(errors).toEqual(['not every VPC has its network']);
    expect(open).toEqual(new Set());
    expect(told.slice(1)).toEqual(['unlisten vpc-1:80', 'forget vpc-1']);

    timers.pop()!();
    await networks.settled();
    expect(there).toEqual(new Set([ROUTER, CLIENTS]));
    expect(open).toEqual(new Set(['vpc-1:80']));
  });

  test('go on when one instance cannot be made, which is tried again and then given up', async () => {
    const { store, networks, open, told, timers, failing, board, givenUp } = await setUp();
    await networks.listen();
    const noMachine = () => new NamespacesError(new Map([['p-i-1', new Error('no room')]]));
    failing.push(noMachine(), noMachine(), noMachine());
    await store.write(async (tx) => {
      await tx.insert('subnet', SUBNET);
      await tx.insert('instance', BUILDERS.instance({}));
    });
    for (const attempt of [1, 2, 3]) {
      await networks.settled();
      expect(board.isReachable('i-1')).toBe(false);
      expect(board.problems()).toEqual([{ vpcId: 'vpc-1', instanceId: 'i-1', reason: 'no room' }]);
      expect(givenUp).toHaveLength(attempt === 3 ? 1 : 0);
      // One at a time, however often something else changes.
      expect(timers).toHaveLength(1);
      if (attempt < 3) timers.pop()!();
    }
    expect(givenUp).toEqual([new Map([['i-1', 'no room']])]);
    expect([open, told]).toEqual([new Set(['vpc-1:80']), ['listen vpc-1:80']]);

    await store.write((tx) =>
      tx.update('instance', BUILDERS.instance({ terminatedAt: '2026-01-01T00:00:00.000Z' })),
    );
    await networks.settled();
    expect([board.problems(), timers]).toEqual([[], []]);
  });

  test('go on without a port that cannot be had, and say which', async () => {
    const { store, networks, there, open, resolving, errors, taken, timers, board, send } =
      await setUp();
    await networks.listen();
    taken.add(53);
    const listeners = [80, 53, 81].map((port) => aListener({ port }));
    send({ ...aDelta([aService({ listeners })]), revision: 7 });
    await networks.settled();
    expect(open).toEqual(new Set(['vpc-1:80', 'vpc-1:81']));
    const problem = { vpcId: 'vpc-1', port: 53, reason: 'port 53 is taken' };
    expect(board.problems()).toEqual([problem]);

    await store.write(async (tx) => {
      await tx.insert('subnet', SUBNET);
      await tx.insert('instance', BUILDERS.instance({}));
    });
    await networks.settled();
    expect(there).toContain('p-i-1');
    expect([board.isReachable('i-1'), board.problems()]).toEqual([true, [problem]]);
    // Told once, however often it is tried again.
    expect(errors).toEqual(['nobody accepts connections in a VPC']);
    expect(timers).toHaveLength(1);

    taken.delete(53);
    timers.pop()!();
    await networks.settled();
    expect(open).toEqual(new Set(['vpc-1:80', 'vpc-1:53', 'vpc-1:81']));
    expect([board.problems(), timers, resolving.size]).toEqual([[], [], 3]);
  });

  test('have their listeners when they have no resolver', async () => {
    const { networks, open, taken, board, errors } = await setUp();
    taken.add(0);
    await networks.listen();
    expect(open).toEqual(new Set(['vpc-1:80']));
    expect(board.problems()).toEqual([{ vpcId: 'vpc-1', port: 53, reason: 'no resolver' }]);
    expect(errors).toEqual(['nobody accepts connections in a VPC']);
  });

  test('are gone after a stop, and nothing is made any more', async () => {
    const { store, networks, there, open } = await setUp();
    await networks.listen();
    await networks.stop();
    await store.write((tx) => tx.insert('vpc', BUILDERS.vpc({ id: 'vpc-2' })));
    await networks.settled();
    expect(there).toEqual(new Set());
    expect(open).toEqual(new Set());
  });
});
