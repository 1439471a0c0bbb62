/**
 * Which workers have no request in flight to a draining target. A target is drained when all
 * live workers say so.
 */
export class DrainBoard {
  readonly #idle = new Map<string, { groupId: string; key: string; workers: Set<number> }>();
  readonly #onDrained: (groupId: string, key: string) => void;
  readonly #isAlive: () => ReadonlySet<number>;

  constructor(
    isAlive: () => ReadonlySet<number>,
    onDrained: (groupId: string, key: string) => void,
  ) {
    this.#isAlive = isAlive;
    this.#onDrained = onDrained;
  }

  report(worker: number, targets: readonly { groupId: string; key: string }[]): void {
    for (const { groupId, key } of targets) {
      const at = `${groupId}/${key}`;
      const entry = this.#idle.get(at) ?? { groupId, key, workers: new Set<number>() };
      entry.workers.add(worker);
      this.#idle.set(at, entry);
      this.#check(at);
    }
  }

  /** The target is gone, or registered again. */
  forgetTarget(groupId: string, key: string): void {
    this.#idle.delete(`${groupId}/${key}`);
  }

  forgetWorker(worker: number): void {
    for (const [at, entry] of this.#idle) {
      entry.workers.delete(worker);
      if (entry.workers.size === 0) {
        this.#idle.delete(at);
      } else {
        this.#check(at);
      }
    }
  }

  #check(at: string): void {
    const entry = this.#idle.get(at);
    if (entry !== undefined && [...this.#isAlive()].every((worker) => entry.workers.has(worker))) {
      this.#idle.delete(at);
      this.#onDrained(entry.groupId, entry.key);
    }
  }
}
