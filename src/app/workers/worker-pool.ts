import type { CounterTotals, FromWorker, TargetHealthReport } from '../../snapshot/feed.ts';
import type { SnapshotDelta } from '../../snapshot/parts.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { CounterSum } from './counter-sum.ts';
import type { StartWorkerLink, WorkerLink } from './worker-link.ts';

/** Where workers get their snapshots: a full delta first, then what changes. */
export interface SnapshotSource {
  addFeed(send: (delta: SnapshotDelta) => void): SnapshotFeed;
}

export interface SnapshotFeed {
  applied(revision: number): void;
  remove(): void;
}

export interface WorkerPoolOptions {
  readonly count: number;
  readonly startLink: StartWorkerLink;
  readonly snapshots: SnapshotSource;
  readonly events: WorkerEvents;
  readonly clock: PoolClock;
  readonly logger: Logger;
}

/** `worker` is a number that no other worker of this pool ever has. */
export interface WorkerEvents {
  health(worker: number, changes: readonly TargetHealthReport[]): void;
  drained(worker: number, targets: readonly { groupId: string; key: string }[]): void;
  ended(worker: number): void;
}

export interface PoolClock {
  now(): number;
  /** Returns what takes it back. */
  after(ms: number, run: () => void): () => void;
}

export interface WorkerFacts {
  readonly index: number;
  readonly pid: number;
  readonly revision: number;
  readonly startedAt: Date;
}

/** A worker that lives shorter than this is replaced later and later. */
const SHORT_LIFE_MS = 1000;
const LONGEST_PAUSE_MS = 5000;

interface Slot {
  readonly index: number;
  worker: PooledWorker | undefined;
  shortLives: number;
  cancelRestart: (() => void) | undefined;
}

interface PooledWorker {
  readonly id: number;
  readonly link: WorkerLink;
  readonly startedAtMs: number;
  readonly feed: SnapshotFeed;
  revision: number;
  isReady: boolean;
}

interface OpenEntrance {
  readonly port: number;
  readonly handle: unknown;
}

/** Keeps `count` workers running: each has every entrance and the snapshot; one that dies is replaced. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #slots: readonly Slot[];
  readonly #entrances = new Map<string, OpenEntrance>();
  readonly #counters = new CounterSum();
  #lastId = 0;
  #isStopping = false;
  #starting: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, (_, index) => ({
      index,
      worker: undefined,
      shortLives: 0,
      cancelRestart: undefined,
    }));
  }

  /** Resolves when every worker serves a first snapshot. Rejects when one ends before that. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
      for (const slot of this.#slots) {
        this.#startWorker(slot);
      }
      this.#checkStarted();
    });
  }

  /** Resolves when a worker accepts there. Rejects when none can. */
  async listen(vpcId: string, port: number, handle: unknown): Promise<void> {
    const entrance = { port, handle };
    this.#entrances.set(vpcId, entrance);
    const workers = this.#live();
    try {
      await Promise.any(workers.map(({ link }) => link.listen(vpcId, port, handle)));
    } catch (error) {
      if (this.#entrances.get(vpcId) === entrance) {
        this.#entrances.delete(vpcId);
        this.#tellAll(vpcId);
      }
      const [first] = (error as AggregateError).errors as Error[];
      throw new Error(first?.message ?? 'no worker is running');
    }
  }

  unlisten(vpcId: string): void {
    if (this.#entrances.delete(vpcId)) {
      this.#tellAll(vpcId);
    }
  }

  live(): ReadonlySet<number> {
    return new Set(this.#live().map(({ id }) => id));
  }

  facts(): readonly WorkerFacts[] {
    return this.#slots.flatMap(({ index, worker }) =>
      worker === undefined
        ? []
        : [
            {
              index,
              pid: worker.link.pid,
              revision: worker.revision,
              startedAt: new Date(worker.startedAtMs),
            },
          ],
    );
  }

  totals(): CounterTotals {
    return this.#counters.totals();
  }

  /** Lets requests in flight finish; what is not done after `limitMs` is cut off. */
  async stop(limitMs: number): Promise<void> {
    this.#isStopping = true;
    for (const slot of this.#slots) {
      slot.cancelRestart?.();
    }
    const workers = this.#live();
    for (const { link } of workers) {
      link.channel.send({ type: 'drain' });
    }
    const cancel = this.#options.clock.after(limitMs, () => this.kill());
    await Promise.all(workers.map(({ link }) => link.ended));
    cancel();
  }

  kill(): void {
    this.#isStopping = true;
    for (const { link } of this.#live()) {
      link.kill();
    }
  }

  #startWorker(slot: Slot): void {
    const { clock, events, logger, snapshots, startLink } = this.#options;
    slot.cancelRestart = undefined;
    const link = startLink(slot.index);
    this.#lastId += 1;
    const id = this.#lastId;
    const feed = snapshots.addFeed((delta) => link.channel.send({ type: 'snapshot', delta }));
    const worker: PooledWorker = {
      id,
      link,
      feed,
      startedAtMs: clock.now(),
      revision: 0,
      isReady: false,
    };
    slot.worker = worker;
    link.channel.receive((message) => this.#take(worker, message));
    for (const [vpcId, { port, handle }] of this.#entrances) {
      link.listen(vpcId, port, handle).catch((error: Error) => {
        logger.warn('a worker cannot accept connections of a VPC', {
          vpcId,
          port,
          error: error.message,
        });
      });
    }
    void link.ended.then((how) => {
      slot.worker = undefined;
      feed.remove();
      this.#counters.workerEnded(id);
      events.ended(id);
      this.#replace(slot, worker, how);
    });
  }

  #replace(slot: Slot, ended: PooledWorker, how: string): void {
    const { clock, logger } = this.#options;
    if (this.#isStopping) {
      return;
    }
    if (this.#starting !== undefined) {
      this.#starting.reject(new Error(`a data-plane worker ended while starting: ${how}`));
      this.#starting = undefined;
      return;
    }
    const lifeMs = clock.now() - ended.startedAtMs;
    slot.shortLives = lifeMs < SHORT_LIFE_MS ? slot.shortLives + 1 : 0;
    // The first short life may be an accident; from the second on it looks like a habit.
    const pauseMs =
      slot.shortLives < 2 ? 0 : Math.min(100 * 2 ** (slot.shortLives - 2), LONGEST_PAUSE_MS);
    logger.error('a data-plane worker ended and is replaced', {
      worker: slot.index,
      pid: ended.link.pid,
      how,
      pauseMs,
    });
    if (pauseMs === 0) {
      this.#startWorker(slot);
    } else {
      slot.cancelRestart = clock.after(pauseMs, () => this.#startWorker(slot));
    }
  }

  #take(worker: PooledWorker, message: FromWorker): void {
    const { events } = this.#options;
    switch (message.type) {
      case 'ready':
        worker.isReady = true;
        this.#checkStarted();
        break;
      case 'applied':
        worker.revision = message.revision;
        worker.feed.applied(message.revision);
        this.#checkStarted();
        break;
      case 'health':
        events.health(worker.id, message.changes);
        break;
      case 'drained':
        events.drained(worker.id, message.targets);
        break;
      case 'counters':
        this.#counters.report(worker.id, message.totals);
        break;
    }
  }

  #checkStarted(): void {
    if (this.#slots.every(({ worker }) => worker?.isReady)) {
      this.#starting?.resolve();
      this.#starting = undefined;
    }
  }

  #tellAll(vpcId: string): void {
    for (const { link } of this.#live()) {
      link.channel.send({ type: 'unlisten', vpcId });
    }
  }

  #live(): readonly PooledWorker[] {
    return this.#slots.flatMap(({ worker }) => (worker === undefined ? [] : [worker]));
  }
}
