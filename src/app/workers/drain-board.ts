/** A target within its target group. */
export interface GroupTarget {
  readonly groupId: string;
  readonly key: string;
}

/**
 * Which workers have no request in flight to a draining target. A target is drained when all
 * live workers say so.
 */
export class DrainBoard {
  readonly #idle = new Map<string, GroupTarget & { readonly workers: Set<number> }>();
  readonly #onDrained: (targets: readonly GroupTarget[]) => void;
  readonly #alive: () => ReadonlySet<number>;

  /** @param onDrained hears of all targets at once that one report, or one worker's end, drained */
  constructor(
    alive: () => ReadonlySet<number>,
    onDrained: (targets: readonly GroupTarget[]) => void,
  ) {
    this.#alive = alive;
    this.#onDrained = onDrained;
  }

  report(worker: number, targets: readonly GroupTarget[]): void {
    const touched = new Set<string>();
    for (const { groupId, key } of targets) {
      const at = `${groupId}/${key}`;
      const entry = this.#idle.get(at) ?? { groupId, key, workers: new Set<number>() };
      entry.workers.add(worker);
      this.#idle.set(at, entry);
      touched.add(at);
    }
    this.#check(touched);
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
      }
    }
    this.#check([...this.#idle.keys()]);
  }

  #check(touched: Iterable<string>): void {
    const alive = [...this.#alive()];
    const drained: GroupTarget[] = [];
    for (const at of touched) {
      const entry = this.#idle.get(at);
      if (entry !== undefined && alive.every((worker) => entry.workers.has(worker))) {
        this.#idle.delete(at);
        drained.push({ groupId: entry.groupId, key: entry.key });
      }
    }
    if (drained.length > 0) {
      this.#onDrained(drained);
    }
  }
}
