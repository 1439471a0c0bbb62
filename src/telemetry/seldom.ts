export interface SeldomOptions {
  /** In milliseconds, from any moment on. */
  readonly now: () => number;
  /** In which each thing is said once. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 60_000;
/** Against keys that others make up: those that were said least lately are said anew. */
const MOST_KEYS = 1000;

interface Said {
  readonly at: number;
  unsaid: number;
}

/** For what may happen as often as others like, and is to be said at once but not each time. */
export class Seldom {
  readonly #options: Required<SeldomOptions>;
  readonly #said = new Map<string, Said>();

  constructor(options: SeldomOptions) {
    this.#options = { intervalMs: INTERVAL_MS, ...options };
  }

  /** @returns how often it happened since it was last said, this time included; undefined: it is not to be said now */
  happened(key: string): number | undefined {
    const now = this.#options.now();
    const last = this.#said.get(key);
    if (last !== undefined && now - last.at < this.#options.intervalMs) {
      last.unsaid += 1;
      return undefined;
    }
    this.#said.delete(key);
    if (this.#said.size >= MOST_KEYS) this.#said.delete(this.#said.keys().next().value!);
    this.#said.set(key, { at: now, unsaid: 0 });
    return (last?.unsaid ?? 0) + 1;
  }
}
