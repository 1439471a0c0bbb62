import type { Change } from '../../lattice/documents.ts';
import { targetDocumentId } from '../../lattice/target-key.ts';
import type { Store } from '../../store/store.ts';
import { advance } from './advance.ts';
import { type Due, findDue } from './due.ts';

/** The clock by which resources come and go; replaced by one that stands still in tests. */
export interface LifecycleClock {
  now(): Date;
  /** Calls `run` once, after `delayMs` or more. @returns a function that calls it off */
  setTimer(run: () => void, delayMs: number): () => void;
}

export const systemClock: LifecycleClock = {
  now: () => new Date(),
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export interface LifecycleOptions {
  readonly store: Store;
  readonly clock?: LifecycleClock;
  /** A turn failed and will be tried again after a while. */
  readonly onError: (error: unknown) => void;
}

/** Node's timers hold no more than this; a later turn is only early, and does nothing. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

const RETRY_MS = 1000;

/**
 * Ends what takes time: `*_IN_PROGRESS` statuses at their `transitionAt`, draining targets at
 * their `drainUntil`. Sleeps until the next of these times, which it hears of from the store.
 */
export class Lifecycle {
  readonly #store: Store;
  readonly #clock: LifecycleClock;
  readonly #onError: (error: unknown) => void;
  #unsubscribe: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #turn: Promise<void> = Promise.resolve();

  constructor({ store, clock = systemClock, onError }: LifecycleOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Ends what came due while nobody was looking, then goes on. Resolves after the first turn. */
  async start(): Promise<void> {
    this.#unsubscribe ??= this.#store.subscribe(({ changes }) => {
      for (const change of changes) this.#wakeBy(timeOf(change));
    });
    await this.#takeTurn();
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#sleep();
    await this.#turn;
  }

  /** One turn: ends all that is due now. @throws what the store throws */
  async tick(): Promise<void> {
    const now = this.#clock.now();
    const { due, nextAt } = await this.#store.read((tx) => findDue(tx, now));
    if (due.length > 0) await this.#end(due, now);
    if (this.#unsubscribe && nextAt !== undefined) this.#wakeBy(nextAt);
  }

  /**
   * No worker has a request with these draining targets any more: they go before their time, all in
   * one transaction.
   */
  async drained(
    targets: readonly { readonly groupId: string; readonly key: string }[],
  ): Promise<void> {
    const ids = targets.map(({ groupId, key }) => {
      const slash = key.lastIndexOf('/');
      return targetDocumentId(groupId, key.slice(0, slash), Number(key.slice(slash + 1)));
    });
    await this.#store.write(async (tx) => {
      for (const id of ids) {
        const target = await tx.get('target', id);
        // Registered again in the meantime: it stays.
        if (target?.drainUntil !== undefined) await tx.delete('target', id);
      }
    });
  }

  async #end(due: readonly Due[], now: Date): Promise<void> {
    await this.#store.write(async (tx) => {
      for (const each of due) await advance(tx, each, now);
    });
  }

  #takeTurn(): Promise<void> {
    this.#sleep();
    this.#turn = this.#turn
      .then(() => this.tick())
      .catch((error) => {
        this.#onError(error);
        if (this.#unsubscribe) this.#wakeBy(this.#clock.now().getTime() + RETRY_MS);
      });
    return this.#turn;
  }

  #wakeBy(time: number | undefined): void {
    if (time === undefined || time >= this.#wakeAt) return;
    this.#sleep();
    this.#wakeAt = time;
    const delayMs = Math.max(0, time - this.#clock.now().getTime());
    const wake = () => void this.#takeTurn();
    this.#cancelTimer = this.#clock.setTimer(wake, Math.min(delayMs, LONGEST_DELAY_MS));
  }

  #sleep(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#wakeAt = Number.POSITIVE_INFINITY;
  }
}

const timeOf = ({ after }: Change): number | undefined => {
  const { transitionAt, drainUntil } = (after ?? {}) as {
    transitionAt?: string;
    drainUntil?: string;
  };
  const time = transitionAt ?? drainUntil;
  return time === undefined ? undefined : Date.parse(time);
};
