import type { Change, ChangeSet } from '../lattice/documents.ts';
import type { Portal, Vpc } from '../lattice/vpc.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Entrance, Underlay } from '../underlay/underlay.ts';
import type { ListenPlace } from './workers/worker-link.ts';
import type { PoolClock } from './workers/worker-pool.ts';

export interface VpcPortsOptions {
  /** What clients find there; the ports of each are kept by themselves. */
  readonly kind: 'portal' | 'resolver';
  readonly store: Store;
  readonly underlay: Underlay;
  /**
   * Who accepts: `listen` resolves when it does, or when `unlisten` takes it back, and rejects when
   * it cannot there. It may take as long as there is nobody who could accept.
   */
  readonly acceptor: {
    listen(place: ListenPlace, handle: unknown): Promise<void>;
    unlisten(vpcId: string): void;
  };
  readonly now: () => Date;
  readonly clock: Pick<PoolClock, 'after'>;
  readonly logger: Logger;
  /** Called after ports came or went. */
  readonly onChange: () => void;
}

/** Between binding and listening another program may take the port; then the next one is tried. */
const LISTEN_ATTEMPTS = 5;

/** What is done for one VPC. */
interface Work {
  readonly done: Promise<void>;
  /** Of the change that asked for it. */
  readonly revision: number;
  /** Someone waited for it as long as they would. */
  isLate: boolean;
}

/**
 * One local port for each VPC of the store, made when the VPC appears and removed when it goes. Ports
 * are kept in the store, so a VPC has the same one after a restart.
 */
export class VpcPorts {
  readonly #options: VpcPortsOptions;
  readonly #entrances = new Map<string, Entrance>();
  /** The last work on each VPC; the next one waits for it. */
  readonly #work = new Map<string, Work>();
  /** While it starts: VPCs that went, which it may have read before that. */
  #gone: Set<string> | undefined;
  #unsubscribe: (() => void) | undefined;
  #isStopped = false;

  constructor(options: VpcPortsOptions) {
    this.#options = options;
  }

  /**
   * Resolves when every VPC that there is has its port, or after `limitMs`: then the others get
   * theirs when there is someone to accept.
   */
  async start(limitMs?: number): Promise<void> {
    const { kind, store } = this.#options;
    // Before it reads: what comes in between is met twice, and missed never.
    this.#gone = new Set();
    this.#unsubscribe = store.subscribe((changes) => this.#follow(changes));
    const { vpcs, kept } = await store.read(async (tx) => ({
      vpcs: (await tx.list('vpc')).items,
      kept: (await tx.list(kind)).items,
    }));
    const vpcIds = new Set(vpcs.map(({ id }) => id));
    const orphaned = kept.filter(({ id }) => !vpcIds.has(id));
    if (orphaned.length > 0) {
      await store.write(async (tx) => {
        for (const { id } of orphaned) {
          await tx.delete(kind, id);
        }
      });
    }
    const ports = new Map(kept.map((port) => [port.id, port]));
    for (const vpc of vpcs) {
      if (!this.#gone.has(vpc.id)) {
        this.#queue(vpc.id, 0, () => this.#open(vpc, ports.get(vpc.id)));
      }
    }
    this.#gone = undefined;
    await this.settled(limitMs);
  }

  /**
   * Resolves with true when all that was asked for up to a revision of the store is done (absent:
   * all that there is); never rejects. After `limitMs` it resolves with false, and what was not done
   * by then nobody waits for again: without a worker every write would be slow.
   */
  async settled(limitMs?: number, revision = Number.POSITIVE_INFINITY): Promise<boolean> {
    const limit = Promise.withResolvers<false>();
    const cancel =
      limitMs === undefined
        ? () => {}
        : this.#options.clock.after(limitMs, () => limit.resolve(false));
    try {
      for (;;) {
        const work = this.#inTime(revision);
        if (work.length === 0) {
          return true;
        }
        const isDone = Promise.all(work.map(({ done }) => done)).then(() => true);
        if (!(await Promise.race([isDone, limit.promise]))) {
          for (const late of this.#inTime(revision)) {
            late.isLate = true;
          }
          return false;
        }
      }
    } finally {
      cancel();
    }
  }

  /** By VPC id. */
  ports(): ReadonlyMap<string, number> {
    return new Map([...this.#entrances].map(([vpcId, { port }]) => [vpcId, port]));
  }

  stop(): void {
    this.#isStopped = true;
    this.#unsubscribe?.();
    for (const vpcId of this.#work.keys()) {
      this.#options.acceptor.unlisten(vpcId);
    }
    for (const entrance of this.#entrances.values()) {
      entrance.close();
    }
    this.#entrances.clear();
  }

  #follow({ changes, revision }: ChangeSet): void {
    for (const change of changes) {
      const vpc = vpcChange(change);
      if (vpc?.came !== undefined) {
        const { came } = vpc;
        this.#queue(came.id, revision, () => this.#open(came, undefined));
      } else if (vpc?.went !== undefined) {
        const { went } = vpc;
        // At once: its port may still wait for someone to accept.
        this.#options.acceptor.unlisten(went);
        this.#gone?.add(went);
        this.#queue(went, revision, () => this.#close(went));
      }
    }
  }

  #inTime(revision: number): readonly Work[] {
    return [...this.#work.values()].filter((work) => !work.isLate && work.revision <= revision);
  }

  #queue(vpcId: string, revision: number, run: () => Promise<void>): void {
    const { kind, logger } = this.#options;
    const before = this.#work.get(vpcId)?.done ?? Promise.resolve();
    const done = before.then(run).catch((error: Error) => {
      logger.error(`a VPC has no ${kind}`, { vpcId, error: error.message });
    });
    const work: Work = { done, revision, isLate: false };
    this.#work.set(vpcId, work);
    void done.then(() => {
      if (this.#work.get(vpcId) === work) {
        this.#work.delete(vpcId);
      }
    });
  }

  async #open(vpc: Vpc, kept: Portal | undefined): Promise<void> {
    // It came while the VPCs were read at the start, and was read, too.
    if (this.#entrances.has(vpc.id) || this.#isStopped) {
      return;
    }
    const entrance = await this.#enter(vpc.id, kept?.port);
    if (this.#isStopped) {
      entrance.close();
      return;
    }
    this.#entrances.set(vpc.id, entrance);
    if (kept?.port !== entrance.port) {
      await this.#keep(vpc, entrance.port);
    }
    this.#options.onChange();
  }

  async #enter(vpcId: string, kept: number | undefined): Promise<Entrance> {
    const { acceptor, kind, logger, underlay } = this.#options;
    if (kept !== undefined) {
      try {
        return await this.#accept(underlay.open(vpcId, kept));
      } catch (error) {
        logger.warn(`the port of a ${kind} is in use: the VPC gets another one`, {
          vpcId,
          port: kept,
          error: (error as Error).message,
        });
      }
    }
    const refused: Entrance[] = [];
    try {
      for (;;) {
        const entrance = underlay.open(vpcId);
        try {
          await acceptor.listen({ vpcId, port: entrance.port }, entrance.handle);
          return entrance;
        } catch (error) {
          // Held until another one was found, so that the same port is not tried again.
          refused.push(entrance);
          if (refused.length === LISTEN_ATTEMPTS) {
            throw error;
          }
        }
      }
    } finally {
      for (const entrance of refused) {
        entrance.close();
      }
    }
  }

  async #accept(entrance: Entrance): Promise<Entrance> {
    try {
      const { vpcId, port, handle } = entrance;
      await this.#options.acceptor.listen({ vpcId, port }, handle);
      return entrance;
    } catch (error) {
      entrance.close();
      throw error;
    }
  }

  async #keep(vpc: Vpc, port: number): Promise<void> {
    const { kind, store, now } = this.#options;
    const stamp = now().toISOString();
    await store.write(async (tx) => {
      if ((await tx.get('vpc', vpc.id)) === undefined) {
        // Deleted meanwhile: its own change closes the entrance.
        return;
      }
      // A port that is bound now is nobody else's, whatever was kept for a VPC without one.
      const holder = await tx.findUnique(kind, 'port', String(port));
      if (holder !== undefined && holder.id !== vpc.id) {
        await tx.delete(kind, holder.id);
      }
      const before = await tx.get(kind, vpc.id);
      const document: Portal = {
        id: vpc.id,
        accountId: vpc.accountId,
        createdAt: before?.createdAt ?? stamp,
        lastUpdatedAt: stamp,
        port,
      };
      await (before === undefined ? tx.insert(kind, document) : tx.update(kind, document));
    });
  }

  async #close(vpcId: string): Promise<void> {
    const { acceptor, kind, onChange, store } = this.#options;
    acceptor.unlisten(vpcId);
    this.#entrances.get(vpcId)?.close();
    if (this.#entrances.delete(vpcId)) {
      await store.write((tx) => tx.delete(kind, vpcId));
      onChange();
    }
  }
}

const vpcChange = (change: Change): { came?: Vpc; went?: string } | undefined => {
  if (change.kind !== 'vpc') {
    return undefined;
  }
  if (change.before === undefined && change.after !== undefined) {
    return { came: change.after };
  }
  return change.after === undefined ? { went: change.id } : undefined;
};
