import { residentBytes } from '../proc.ts';

interface MemorySample {
  readonly atMs: number;
  readonly rss: number;
}

/** Resident memory of one process over time. Times count from its start. */
export class MemoryWatch {
  readonly #samples: MemorySample[] = [];
  readonly #start = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #pid: number;

  constructor(pid: number, everyMs: number) {
    this.#pid = pid;
    this.#take();
    this.#timer = setInterval(() => this.#take(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#take();
  }

  /** Bytes at the start. */
  get first(): number {
    return this.#samples[0]?.rss ?? Number.NaN;
  }

  /** The most at any time between two shares (0 to 1) of the time watched so far. */
  highest(from = 0, to = 1): number {
    const total = this.#samples.at(-1)?.atMs ?? 0;
    const between = this.#samples.filter(({ atMs }) => atMs >= from * total && atMs <= to * total);
    return Math.max(...between.map(({ rss }) => rss));
  }

  /** @throws when the process has ended: what is watched must not die. */
  #take(): void {
    const rss = residentBytes(this.#pid);
    if (rss === undefined) throw new Error(`the process ${this.#pid} that was watched has ended`);
    this.#samples.push({ atMs: performance.now() - this.#start, rss });
  }
}
