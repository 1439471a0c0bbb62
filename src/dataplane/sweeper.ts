/** Something with a deadline, seen by a sweeper. */
export interface Sweepable {
  /** In the sweeper's time (ms); `Infinity` while nothing is due. Read at every tick, so setting it costs nothing. */
  dueAt: number;
  due(now: number): void;
}

const TICK_MS = 250;

/**
 * One shared coarse timer for all connections of a worker: a field is written on the request path
 * where a timer would be made and cleared. Deadlines are late by one tick (250 ms) at most.
 */
export class Sweeper {
  readonly #members = new Set<Sweepable>();
  readonly #clock: () => number;
  #timer: NodeJS.Timeout | undefined;
  /** The time of the last tick: exact enough for deadlines, and free. */
  coarseNow: number;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.coarseNow = clock();
  }

  now(): number {
    return this.#clock();
  }

  start(): void {
    this.#timer ??= setInterval(() => this.sweep(), TICK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  add(member: Sweepable): void {
    this.#members.add(member);
  }

  remove(member: Sweepable): void {
    this.#members.delete(member);
  }

  sweep(): void {
    const now = this.#clock();
    this.coarseNow = now;
    for (const member of this.#members) if (member.dueAt <= now) member.due(now);
  }
}
