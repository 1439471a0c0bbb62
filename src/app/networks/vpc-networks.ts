import type { SnapshotDelta } from '../../snapshot/parts.ts';
import type { Store } from '../../store/store.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Plans } from '../../underlay/netns/diff-plans.ts';
import type { NamespacePlan } from '../../underlay/netns/namespace-plan.ts';
import { NamespacesError } from '../../underlay/netns/namespaces.ts';
import { resolverAddresses } from '../../underlay/netns/network-addresses.ts';
import {
  instanceNamespace,
  routerNamespace,
  vpcNamespace,
} from '../../underlay/netns/network-names.ts';
import { planVpc } from '../../underlay/netns/plan-vpc.ts';
import type { Entrance, Underlay } from '../../underlay/underlay.ts';
import type { ListenPlace } from '../workers/worker-link.ts';
import type { PoolClock } from '../workers/worker-pool.ts';
import type { NetworkBoard } from './network-board.ts';
import type { VpcResolvers } from './vpc-resolvers.ts';
import { WantedNetworks } from './wanted-networks.ts';

export interface VpcNetworksOptions {
  readonly store: Store;
  /** Where the snapshot comes from; nobody is told more before `applied`. */
  readonly snapshots: {
    addFeed(send: (delta: SnapshotDelta) => void): {
      applied(revision: number): void;
      remove(): void;
    };
  };
  /** Of the names of all namespaces. */
  readonly prefix: string;
  readonly namespaces: {
    clean(): Promise<void>;
    apply(names: Iterable<string>, wanted: Plans): Promise<void>;
  };
  readonly underlay: Underlay;
  readonly acceptor: {
    listen(place: ListenPlace, handle: unknown): Promise<void>;
    unlisten(vpcId: string, listenerPort?: number): void;
    forgetSockets(vpcId: string): void;
  };
  /** Sockets for names, which the workers answer on. */
  readonly resolvers: Pick<VpcResolvers, 'open' | 'close'>;
  /** Is told what came of everything. */
  readonly board: Pick<NetworkBoard, 'expect' | 'attempted' | 'listened' | 'forget'>;
  /** Instances that were launched and cannot be made, with the reasons. */
  readonly giveUp: (reasons: ReadonlyMap<string, string>) => Promise<void>;
  readonly clock: Pick<PoolClock, 'after'>;
  readonly logger: Logger;
}

/** After which a VPC that could not be made as it is wanted is tried again. */
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30_000;

/** What there is of a VPC. */
interface Present {
  readonly names: readonly string[];
  readonly instanceIds: readonly string[];
  /** By listener port. */
  readonly entrances: Map<number, Entrance>;
}

/**
 * Keeps the networks of this machine as the VPCs of the store are: namespaces, and a socket for each
 * port of a VPC's services, on which the workers accept. An API write is answered when the networks
 * follow it, for they are a feed of the publisher like the workers.
 */
export class VpcNetworks {
  readonly #options: VpcNetworksOptions;
  readonly #wanted = new WantedNetworks();
  readonly #present = new Map<string, Present>();
  /** By VPC: how often it was tried again. */
  readonly #retries = new Map<string, { readonly times: number; readonly cancel: () => void }>();
  #feed: { applied(revision: number): void; remove(): void } | undefined;
  #unsubscribe: (() => void) | undefined;
  /** Of the last delta that came. */
  #revision = 0;
  #work: Promise<void> | undefined;
  #canListen = false;
  #isStopped = false;

  constructor(options: VpcNetworksOptions) {
    this.#options = options;
  }

  /**
   * Removes what a process before this one left, and makes the networks of all VPCs. Nobody accepts
   * in them before `listen`.
   * @throws IpError when what is left cannot be removed.
   */
  async start(): Promise<void> {
    const { board, namespaces, snapshots, store } = this.#options;
    await namespaces.clean();
    // Before it reads: what comes in between is met twice, and missed never.
    this.#unsubscribe = store.subscribe(({ changes }) => {
      for (const change of changes) this.#wanted.put(change);
      this.#begin();
    });
    await store.read(async (tx) => {
      for (const kind of ['vpc', 'subnet', 'instance'] as const) {
        for (const after of (await tx.list(kind)).items) {
          this.#wanted.put({ kind, id: after.id, after } as never);
        }
      }
      for (const { id, terminatedAt } of (await tx.list('instance')).items) {
        if (terminatedAt === undefined) board.expect(id);
      }
    });
    this.#feed = snapshots.addFeed((delta) => {
      this.#wanted.apply(delta);
      this.#revision = delta.revision;
      this.#begin();
    });
    await this.settled();
  }

  /** From now on somebody accepts; resolves when that is so everywhere. */
  async listen(): Promise<void> {
    this.#canListen = true;
    for (const vpcId of this.#present.keys()) this.#wanted.touch(vpcId);
    this.#begin();
    await this.settled();
  }

  /** Resolves when all that was asked for so far is done, or has failed. */
  async settled(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  /** Removes all networks and ends what runs in them. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe?.();
    this.#feed?.remove();
    for (const { cancel } of this.#retries.values()) cancel();
    await this.settled();
    for (const [vpcId, { entrances }] of this.#present) {
      for (const entrance of entrances.values()) entrance.close();
      this.#options.resolvers.close(vpcId);
    }
    this.#present.clear();
    await this.#options.namespaces.clean();
  }

  #begin(): void {
    if (this.#work !== undefined || this.#isStopped) return;
    // Not at once: documents and snapshot tell of one transaction one after the other.
    const turn = new Promise<void>((resolve) => setImmediate(resolve));
    this.#work = turn.then(() => this.#run());
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const revision = this.#revision;
    const vpcIds = this.#wanted.takeTouched();
    if (vpcIds.length > 0 && !this.#isStopped) {
      await this.#bring(vpcIds).catch((error: Error) => {
        this.#options.logger.error('not every VPC has its network', {
          vpcIds,
          error: error.message,
        });
        for (const vpcId of vpcIds) this.#retry(vpcId);
      });
    }
    this.#feed?.applied(revision);
    this.#work = undefined;
    // What came in the meantime.
    if (this.#revision > revision || this.#wanted.isTouched) this.#begin();
  }

  async #bring(vpcIds: readonly string[]): Promise<void> {
    const { acceptor, logger, namespaces, prefix, resolvers } = this.#options;
    const names: string[] = [];
    const wanted = new Map<string, NamespacePlan>();
    for (const vpcId of vpcIds) {
      const present = this.#present.get(vpcId);
      const network = this.#wanted.of(vpcId);
      names.push(...(present?.names ?? []));
      this.#closeEntrances(vpcId, network?.ports ?? NO_PORTS);
      if (network === undefined) {
        acceptor.forgetSockets(vpcId);
        resolvers.close(vpcId);
        this.#stopRetrying(vpcId);
        this.#present.delete(vpcId);
        continue;
      }
      const plans = planVpc(prefix, network.network);
      for (const plan of plans) wanted.set(plan.name, plan);
      const entrances = present?.entrances ?? new Map<number, Entrance>();
      this.#present.set(vpcId, {
        names: plans.map(({ name }) => name),
        instanceIds: network.network.instances.map(({ id }) => id),
        entrances,
      });
    }
    const failures = await namespaces.apply(names, wanted).then(
      () => NO_FAILURES,
      (error: Error) => {
        logger.error('not every VPC has its network', { vpcIds, error: error.message });
        return failuresOf(error, wanted.keys());
      },
    );
    const usable = this.#judge(vpcIds, failures);
    const complete = new Set<string>();
    await Promise.all(
      usable.map(async (vpcId) => {
        if (await this.#openEntrances(vpcId)) complete.add(vpcId);
      }),
    );
    for (const vpcId of vpcIds) {
      const names = this.#present.get(vpcId)?.names;
      if (names === undefined) continue;
      if (complete.has(vpcId) && !names.some((name) => failures.has(name))) {
        this.#stopRetrying(vpcId);
      } else {
        this.#retry(vpcId);
      }
    }
  }

  /** One that cannot be had keeps no other from working. @returns whether all are there */
  async #openEntrances(vpcId: string): Promise<boolean> {
    const { board, logger, resolvers } = this.#options;
    const entrances = this.#present.get(vpcId)?.entrances;
    const wanted = this.#wanted.of(vpcId);
    if (!this.#canListen || entrances === undefined || wanted === undefined) return true;
    const failures = new Map<number, string>();
    try {
      resolvers.open(vpcId, resolverAddresses(wanted.network.cidrBlock));
    } catch (error) {
      failures.set(DNS_PORT, (error as Error).message);
    }
    for (const port of wanted.ports) {
      if (entrances.has(port)) continue;
      try {
        await this.#openEntrance(vpcId, port, entrances);
      } catch (error) {
        failures.set(port, (error as Error).message);
      }
    }
    if (board.listened(vpcId, failures)) {
      const reasons = Object.fromEntries(failures);
      logger.error('nobody accepts connections in a VPC', { vpcId, reasons });
    }
    return failures.size === 0;
  }

  async #openEntrance(vpcId: string, port: number, entrances: Map<number, Entrance>) {
    const { acceptor, underlay } = this.#options;
    const entrance = underlay.open(vpcId, port);
    entrances.set(port, entrance);
    try {
      await acceptor.listen({ vpcId, port, listenerPort: port }, entrance.handle);
    } catch (error) {
      entrances.delete(port);
      entrance.close();
      throw error;
    }
  }

  #closeEntrances(vpcId: string, wanted: ReadonlySet<number>): void {
    const entrances = this.#present.get(vpcId)?.entrances ?? NO_ENTRANCES;
    for (const [port, entrance] of entrances) {
      if (wanted.has(port)) continue;
      this.#options.acceptor.unlisten(vpcId, port);
      entrance.close();
      entrances.delete(port);
    }
  }

  /** Notes what came of an attempt. @returns VPCs in whose network somebody can accept */
  #judge(vpcIds: readonly string[], failures: ReadonlyMap<string, Error>): readonly string[] {
    const { acceptor, board, prefix, resolvers } = this.#options;
    const reasonOf = (name: string) => failures.get(name)?.message;
    const hopeless = new Map<string, string>();
    const usable: string[] = [];
    for (const vpcId of vpcIds) {
      const present = this.#present.get(vpcId);
      if (present === undefined) {
        board.forget(vpcId);
        continue;
      }
      const router = reasonOf(routerNamespace(prefix, vpcId));
      const given = board.attempted(vpcId, {
        network: router ?? reasonOf(vpcNamespace(prefix, vpcId)),
        instances: new Map(
          present.instanceIds.map((id) => [id, router ?? reasonOf(instanceNamespace(prefix, id))]),
        ),
      });
      for (const [id, reason] of given) hopeless.set(id, reason);
      if (router === undefined) {
        usable.push(vpcId);
      } else {
        // What was made of a network that is made anew leads nowhere.
        this.#closeEntrances(vpcId, NO_PORTS);
        resolvers.close(vpcId);
        acceptor.forgetSockets(vpcId);
      }
    }
    this.#giveUp(hopeless);
    return usable;
  }

  #giveUp(reasons: ReadonlyMap<string, string>): void {
    if (reasons.size === 0) return;
    const { giveUp, logger } = this.#options;
    logger.error('instances cannot be made and are terminated', {
      reasons: Object.fromEntries(reasons),
    });
    giveUp(reasons).catch((error: Error) => {
      logger.error('instances that cannot be made are not terminated yet', {
        error: error.message,
      });
    });
  }

  /** Later and later, as long as it fails. */
  #retry(vpcId: string): void {
    if (this.#isStopped) return;
    const { times = 0, cancel } = this.#retries.get(vpcId) ?? {};
    cancel?.();
    const pauseMs = Math.min(FIRST_RETRY_MS * 2 ** times, LONGEST_RETRY_MS);
    this.#retries.set(vpcId, {
      times: times + 1,
      cancel: this.#options.clock.after(pauseMs, () => {
        this.#wanted.touch(vpcId);
        this.#begin();
      }),
    });
  }

  #stopRetrying(vpcId: string): void {
    this.#retries.get(vpcId)?.cancel();
    this.#retries.delete(vpcId);
  }
}

/** Whatever else went wrong, of none of them anything can be believed. */
const failuresOf = (error: Error, names: Iterable<string>): ReadonlyMap<string, Error> =>
  error instanceof NamespacesError
    ? error.failures
    : new Map([...names].map((name) => [name, error]));

const DNS_PORT = 53;
const NO_PORTS: ReadonlySet<number> = new Set();
const NO_FAILURES: ReadonlyMap<string, Error> = new Map();
const NO_ENTRANCES = new Map<number, Entrance>();
