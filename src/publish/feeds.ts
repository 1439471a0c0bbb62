import { fullDelta, isEmptyDelta, keyOf } from '../snapshot/delta.ts';
import type { Part, PartKey, Parts, SnapshotDelta } from '../snapshot/parts.ts';

/** The way to one worker. */
export interface Feed {
  /** The first delta is full. After each, the next one is sent only when it was applied. */
  send(delta: SnapshotDelta): void;
}

/** What the owner of a feed tells about it. */
export interface FeedLink {
  /** The worker uses the delta of this revision for every new request. */
  applied(revision: number): void;
  /** The worker is gone: nobody waits for it any more. */
  remove(): void;
}

/** Runs `run` after `ms` milliseconds unless the returned function is called before. */
export type Delay = (ms: number, run: () => void) => () => void;

interface Settling {
  readonly revision: number;
  readonly done: (settled: boolean) => void;
}

const timer: Delay = (ms, run) => {
  const handle = setTimeout(run, ms);
  return () => clearTimeout(handle);
};

/** Hands deltas to every feed and knows which revision each of them has applied. */
export class Feeds {
  readonly #feeds = new Set<FeedState>();
  readonly #settling = new Set<Settling>();
  readonly #delay: Delay;
  #revision = 0;

  constructor(delay: Delay = timer) {
    this.#delay = delay;
  }

  add(feed: Feed, parts: Parts, revision: number): FeedLink {
    const state = new FeedState(feed);
    this.#feeds.add(state);
    this.#attempt(state, () => state.push(fullDelta(parts, revision)));
    return {
      applied: (appliedRevision) => {
        this.#attempt(state, () => state.acknowledge(appliedRevision));
        this.#answer();
      },
      remove: () => this.#drop(state),
    };
  }

  publish(delta: SnapshotDelta): void {
    this.#revision = delta.revision;
    for (const state of [...this.#feeds]) this.#attempt(state, () => state.push(delta));
    this.#answer();
  }

  /** Nothing later than what was published is to be expected for now: answers who waits for it. */
  giveUp(): void {
    for (const settling of [...this.#settling]) {
      if (settling.revision > this.#revision) settling.done(false);
    }
  }

  /** True once every feed has applied `revision`; false when that takes longer than `timeoutMs`. */
  settle(revision: number, timeoutMs: number): Promise<boolean> {
    if (this.#isSettled(revision)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const cancel = this.#delay(timeoutMs, () => settling.done(false));
      const settling: Settling = {
        revision,
        done: (settled) => {
          cancel();
          this.#settling.delete(settling);
          resolve(settled);
        },
      };
      this.#settling.add(settling);
    });
  }

  #isSettled(revision: number): boolean {
    if (revision > this.#revision) return false;
    for (const state of this.#feeds) if (state.appliedRevision < revision) return false;
    return true;
  }

  #answer(): void {
    for (const settling of [...this.#settling]) {
      if (this.#isSettled(settling.revision)) settling.done(true);
    }
  }

  #drop(state: FeedState): void {
    if (this.#feeds.delete(state)) this.#answer();
  }

  /** A feed that cannot be sent to is as good as gone. */
  #attempt(state: FeedState, send: () => void): void {
    if (!this.#feeds.has(state)) return;
    try {
      send();
    } catch {
      this.#drop(state);
    }
  }
}

/**
 * One delta at a time is under way to a feed; what comes meanwhile is merged into the next. A slow
 * worker so costs no more memory than one snapshot, and a burst costs it few swaps.
 */
class FeedState {
  appliedRevision = -1;
  readonly #feed: Feed;
  #sentRevision = -1;
  #isWaiting = false;
  readonly #pending = new Map<PartKey, Part | undefined>();
  #pendingRevision = -1;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  push(delta: SnapshotDelta): void {
    if (this.#isWaiting) {
      for (const key of delta.remove) this.#pending.set(key, undefined);
      for (const part of delta.upsert) this.#pending.set(keyOf(part), part);
      this.#pendingRevision = delta.revision;
    } else if (isEmptyDelta(delta)) {
      this.appliedRevision = delta.revision;
    } else {
      this.#send(delta);
    }
  }

  acknowledge(revision: number): void {
    if (!this.#isWaiting || revision < this.#sentRevision) return;
    this.#isWaiting = false;
    this.appliedRevision = this.#sentRevision;
    if (this.#pendingRevision <= this.#sentRevision) return;
    const next: SnapshotDelta = {
      revision: this.#pendingRevision,
      full: false,
      upsert: [...this.#pending.values()].filter((part) => part !== undefined),
      remove: [...this.#pending].filter(([, part]) => part === undefined).map(([key]) => key),
    };
    this.#pending.clear();
    this.push(next);
  }

  #send(delta: SnapshotDelta): void {
    this.#isWaiting = true;
    this.#sentRevision = delta.revision;
    this.#feed.send(delta);
  }
}
