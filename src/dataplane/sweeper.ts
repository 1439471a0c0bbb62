/** Something with a deadline, seen by a sweeper. */
export interface Sweepable {
  /** In the sweeper's time (ms); `Infinity` while nothing is due. Read at every tick, so setting it costs nothing. */
  dueAt: number;
  due(now: number): void;
}

const TICK_MS = 250;
/**
 * More than that has not passed between two ticks, whatever the clock says: a process that was stopped or
 * got no time has heard nothing meanwhile, and that is nobody's silence.
 */
const MAX_STEP_MS = 1.5 * TICK_MS;

/**
 * One shared coarse timer for all connections of a worker: a field is written on the request path
 * where a timer would be made and cleared. Deadlines are late by one tick (250 ms) at most.
 */
export class Sweeper {
  readonly #members = new Set<Sweepable>();
  readonly #clock: () => number;
  readonly #afterReading: (run: () => void) => void;
  #timer: NodeJS.Timeout | undefined;
  /** What of the clock's time does not count. */
  #lostMs = 0;
  /** The time of the last tick: exact enough for deadlines, and free. */
  coarseNow: number;

  /** @param afterReading runs what it is given when the sockets that have something to read were read */
  constructor(
    clock: () => number = () => performance.now(),
    afterReading: (run: () => void) => void = setImmediate,
  ) {
    this.#clock = clock;
    this.#afterReading = afterReading;
    this.coarseNow = clock();
  }

  now(): number {
    return this.#clock() - this.#lostMs;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.tick(), TICK_MS).unref();
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

  /** The time of the timer: what has come by then is still heard before anybody is due. */
  tick(): void {
    this.#lostMs += Math.max(this.now() - this.coarseNow - MAX_STEP_MS, 0);
    this.coarseNow = this.now();
    this.#afterReading(this.#sweep);
  }

  readonly #sweep = (): void => {
    const now = this.coarseNow;
    for (const member of this.#members) if (member.dueAt <= now) member.due(now);
  };
}
