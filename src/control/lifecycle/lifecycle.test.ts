import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../store/store.ts';
import {
  forwardTo,
  idNumber,
  type Lattice,
  NOW,
  openLattice,
  openShop,
} from '../operations/vpc-lattice/lattice-fixture.ts';
import { advance } from './advance.ts';
import { Lifecycle, type LifecycleClock } from './lifecycle.ts';

const SVC = idNumber('service', 1);
const TG = idNumber('targetGroup', 1);

/** Stands still until it is told to go on; then timers that are due run, in order. */
class TestClock implements LifecycleClock {
  #now = NOW.getTime();
  #timers: { at: number; run: () => void }[] = [];

  now(): Date {
    return new Date(this.#now);
  }

  setTimer(run: () => void, delayMs: number): () => void {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Times from now at which timers are set, in ms. */
  get delays(): number[] {
    return this.#timers.map(({ at }) => at - this.#now);
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const { at, run } of [...this.#timers]) {
      if (at > this.#now) continue;
      this.#timers = this.#timers.filter((timer) => timer.run !== run);
      run();
    }
  }
}

/** Resolves once the store has committed again. */
const nextCommit = (store: Store): Promise<void> =>
  new Promise((resolve) => {
    const unsubscribe = store.subscribe(() => {
      unsubscribe();
      resolve();
    });
  });

const running: Lifecycle[] = [];
afterEach(async () => {
  for (const lifecycle of running.splice(0)) await lifecycle.stop();
});

const startLifecycle = async (lattice: Lattice, onError: (error: unknown) => void = fail) => {
  const clock = new TestClock();
  const lifecycle = new Lifecycle({ store: lattice.store, clock, onError });
  running.push(lifecycle);
  await lifecycle.start();
  /** Lets time pass, and waits for what that does to the store. */
  const pass = async (ms: number) => {
    const committed = nextCommit(lattice.store);
    lattice.now = new Date(lattice.now.getTime() + ms);
    clock.advance(ms);
    await committed;
  };
  return { lifecycle, clock, pass };
};

const fail = (error: unknown): never => {
  throw error;
};

const slow = { settings: { transitionMs: 5000 } };

describe('a status that takes time', () => {
  test('of a service: made, then deleted', async () => {
    const lattice = await openLattice(slow);
    const { pass } = await startLifecycle(lattice);
    const status = async () =>
      (await lattice.call('GetService', { serviceIdentifier: SVC })).status;
    await lattice.call('CreateService', { name: 'cart', tags: { a: 'b' } });
    expect(await status()).toBe('CREATE_IN_PROGRESS');
    await pass(5000);
    expect(await status()).toBe('ACTIVE');
    await lattice.call('DeleteService', { serviceIdentifier: SVC });
    expect(await status()).toBe('DELETE_IN_PROGRESS');
    expect(await lattice.failure('CreateService', { name: 'cart' })).toMatchObject({
      code: 'ConflictException',
    });
    await pass(5000);
    expect(await lattice.failure('GetService', { serviceIdentifier: SVC })).toMatchObject({
      code: 'ResourceNotFoundException',
    });
    expect(await lattice.store.read((tx) => tx.count('tagSet'))).toBe(0);
    await lattice.call('CreateService', { name: 'cart' });
  });

  test('of associations and target groups', async () => {
    const lattice = await openLattice(slow);
    const { pass } = await startLifecycle(lattice);
    const vpc = await lattice.vpc();
    const network = await lattice.call('CreateServiceNetwork', { name: 'shop' });
    await lattice.call('CreateService', { name: 'cart' });
    await pass(5000);
    const ends = { serviceNetworkIdentifier: network.id ?? '' };
    const made = [
      await lattice.call('CreateServiceNetworkServiceAssociation', {
        ...ends,
        serviceIdentifier: SVC,
      }),
      await lattice.call('CreateServiceNetworkVpcAssociation', { ...ends, vpcIdentifier: vpc.id }),
      await lattice.call('CreateTargetGroup', { name: 'carts', type: 'LAMBDA' }),
    ];
    const [association, vpcAssociation, group] = [
      { serviceNetworkServiceAssociationIdentifier: made[0]?.id ?? '' },
      { serviceNetworkVpcAssociationIdentifier: made[1]?.id ?? '' },
      { targetGroupIdentifier: made[2]?.id ?? '' },
    ] as const;
    const statuses = async () => [
      (await lattice.call('GetServiceNetworkServiceAssociation', association)).status,
      (await lattice.call('GetServiceNetworkVpcAssociation', vpcAssociation)).status,
      (await lattice.call('GetTargetGroup', group)).status,
    ];
    expect(await statuses()).toEqual(Array(3).fill('CREATE_IN_PROGRESS'));
    await pass(5000);
    expect(await statuses()).toEqual(Array(3).fill('ACTIVE'));
    const { id } = await lattice.securityGroup(vpc.id);
    await lattice.call('UpdateServiceNetworkVpcAssociation', {
      ...vpcAssociation,
      securityGroupIds: [id],
    });
    expect(await statuses()).toEqual(['ACTIVE', 'UPDATE_IN_PROGRESS', 'ACTIVE']);
    await pass(5000);
    await lattice.call('DeleteServiceNetworkServiceAssociation', association);
    await lattice.call('DeleteServiceNetworkVpcAssociation', vpcAssociation);
    await lattice.call('DeleteTargetGroup', group);
    expect(await statuses()).toEqual(Array(3).fill('DELETE_IN_PROGRESS'));
    expect(
      await lattice.failure('CreateServiceNetworkServiceAssociation', {
        ...ends,
        serviceIdentifier: SVC,
      }),
    ).toMatchObject({ message: 'Association already exists.' });
    await pass(5000);
    const left = await lattice.store.read(async (tx) => [
      await tx.count('serviceNetworkServiceAssociation'),
      await tx.count('serviceNetworkVpcAssociation'),
      await tx.count('targetGroup'),
    ]);
    expect(left).toEqual([0, 0, 0]);
  });

  test('of what went in the meantime is no matter', async () => {
    const lattice = await openLattice(slow);
    const due = { kind: 'service', id: SVC } as const;
    await lattice.store.write((tx) => advance(tx, due, NOW));
    await lattice.call('CreateService', { name: 'cart' });
    await lattice.store.write((tx) => advance(tx, due, NOW));
    expect(await lattice.call('GetService', { serviceIdentifier: SVC })).toMatchObject({
      status: 'CREATE_IN_PROGRESS',
    });
  });

  test('ends at start when its time came while nobody looked', async () => {
    const lattice = await openLattice(slow);
    await lattice.call('CreateService', { name: 'cart' });
    await lattice.store.write(async (tx) => {
      const service = await tx.get('service', SVC);
      if (service) await tx.update('service', { ...service, transitionAt: NOW.toISOString() });
    });
    await startLifecycle(lattice);
    expect(await lattice.call('GetService', { serviceIdentifier: SVC })).toMatchObject({
      status: 'ACTIVE',
    });
  });
});

describe('a draining target', () => {
  const openDraining = async () => {
    const { lattice, serviceIdentifier, targetGroup } = await openShop();
    await lattice.call('CreateListener', {
      serviceIdentifier,
      name: 'http',
      protocol: 'HTTP',
      defaultAction: forwardTo(await targetGroup('carts')),
    });
    const input = { targetGroupIdentifier: TG, targets: [{ id: '10.0.0.1' }] };
    await lattice.call('RegisterTargets', input);
    lattice.health.set(`${TG} 10.0.0.1/8080`, 'HEALTHY');
    const started = await startLifecycle(lattice);
    await lattice.call('DeregisterTargets', input);
    const statuses = async () =>
      (await lattice.call('ListTargets', { targetGroupIdentifier: TG })).items.map(
        ({ status }) => status,
      );
    return { lattice, input, statuses, ...started };
  };

  test('goes when its time is over', async () => {
    const { pass, statuses } = await openDraining();
    expect(await statuses()).toEqual(['DRAINING']);
    await pass(60_000);
    expect(await statuses()).toEqual([]);
  });

  test('goes earlier when no request is left', async () => {
    const { lifecycle, statuses } = await openDraining();
    await lifecycle.drained([{ groupId: TG, key: '10.0.0.1/8080' }]);
    expect(await statuses()).toEqual([]);
  });

  test('goes in one transaction with all that are drained at once', async () => {
    const { lattice, lifecycle, statuses } = await openDraining();
    const targets = Array.from({ length: 20 }, (_, i) => ({ id: `10.0.1.${i}` }));
    await lattice.call('RegisterTargets', { targetGroupIdentifier: TG, targets });
    await lattice.call('DeregisterTargets', { targetGroupIdentifier: TG, targets });
    const revision = lattice.store.revision();
    await lifecycle.drained(
      ['10.0.0.1', ...targets.map(({ id }) => id)].map((id) => ({
        groupId: TG,
        key: `${id}/8080`,
      })),
    );
    expect(await statuses()).toEqual([]);
    expect(lattice.store.revision()).toBe(revision + 1);
  });

  test('stays when it was registered again in the meantime', async () => {
    const { lattice, input, lifecycle, clock, statuses } = await openDraining();
    await lattice.call('RegisterTargets', input);
    const revision = lattice.store.revision();
    await lifecycle.drained([{ groupId: TG, key: '10.0.0.1/8080' }]);
    clock.advance(60_000);
    await lifecycle.tick();
    expect(await statuses()).toEqual(['HEALTHY']);
    expect(lattice.store.revision()).toBe(revision);
  });

  test('stays when its time was put off between looking and writing', async () => {
    const { lattice, statuses } = await openDraining();
    const due = { kind: 'target', id: `${TG}/10.0.0.1/8080` } as const;
    const at = (ms: number) => new Date(NOW.getTime() + ms);
    await lattice.store.write((tx) => advance(tx, due, at(59_999)));
    expect(await statuses()).toEqual(['DRAINING']);
    await lattice.store.write((tx) => advance(tx, due, at(60_000)));
    expect(await statuses()).toEqual([]);
  });

  test('that nobody knows is nothing', async () => {
    const { lifecycle, statuses } = await openDraining();
    await lifecycle.drained([
      { groupId: TG, key: '10.0.0.9/8080' },
      { groupId: 'tg-unknown', key: 'x' },
    ]);
    expect(await statuses()).toEqual(['DRAINING']);
  });
});

describe('the timer', () => {
  test('is set for what comes first, and only then', async () => {
    const lattice = await openLattice(slow);
    const { clock } = await startLifecycle(lattice);
    expect(clock.delays).toEqual([]);
    await lattice.call('CreateService', { name: 'one' });
    lattice.now = new Date(NOW.getTime() + 1000);
    await lattice.call('CreateService', { name: 'two' });
    expect(clock.delays).toEqual([5000]);
    lattice.now = new Date(NOW.getTime() - 1000);
    await lattice.call('CreateService', { name: 'three' });
    expect(clock.delays).toEqual([4000]);
  });

  test('is set again for what is left after a turn', async () => {
    const lattice = await openLattice(slow);
    const { clock, pass } = await startLifecycle(lattice);
    await lattice.call('CreateService', { name: 'one' });
    lattice.now = new Date(NOW.getTime() + 1000);
    await lattice.call('CreateService', { name: 'two' });
    lattice.now = NOW;
    await pass(5000);
    // Committed before its turn ends: the next read waits for the rest of it.
    await lattice.call('ListServices', {});
    expect(clock.delays).toEqual([1000]);
    await pass(1000);
    const { items } = await lattice.call('ListServices', {});
    expect(items?.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  test('is not set any more after stop', async () => {
    const lattice = await openLattice(slow);
    const { clock, lifecycle } = await startLifecycle(lattice);
    await lattice.call('CreateService', { name: 'one' });
    await lifecycle.stop();
    expect(clock.delays).toEqual([]);
    await lattice.call('CreateService', { name: 'two' });
    expect(clock.delays).toEqual([]);
  });

  test('is set again when a turn fails', async () => {
    const lattice = await openLattice(slow);
    const errors: unknown[] = [];
    let failed = () => {};
    const seen = new Promise<void>((resolve) => {
      failed = resolve;
    });
    const { clock } = await startLifecycle(lattice, (error) => {
      errors.push(error);
      failed();
    });
    await lattice.call('CreateService', { name: 'one' });
    await lattice.store.close();
    clock.advance(5000);
    await seen;
    await Promise.resolve();
    expect(errors).toHaveLength(1);
    expect(clock.delays).toEqual([1000]);
  });
});
