import type { TargetHealth, TargetHealthReport } from '../../snapshot/feed.ts';

interface Entry {
  readonly groupId: string;
  readonly key: string;
  /** By worker. */
  readonly reports: Map<number, TargetHealth>;
  /** Of the last worker that had a verdict and ended; stands until another worker has one. */
  inherited: Verdict | undefined;
}

type Verdict = Exclude<TargetHealth, 'INITIAL'>;

/**
 * Every worker checks targets by itself; this is what they say together: UNHEALTHY when any worker
 * says so, HEALTHY when all that have a verdict do, INITIAL while none has.
 */
export class TargetHealthBoard {
  /** By target group and target. */
  readonly #entries = new Map<string, Entry>();

  /** Undefined when nobody has said anything of the target. */
  read(groupId: string, targetKey: string): TargetHealth | undefined {
    const entry = this.#entries.get(boardKey(groupId, targetKey));
    return entry && merge(entry);
  }

  /** INITIAL, too, when this worker has not said anything of the target. */
  readOf(worker: number, groupId: string, targetKey: string): TargetHealth {
    return this.#entries.get(boardKey(groupId, targetKey))?.reports.get(worker) ?? 'INITIAL';
  }

  /** Every target of which there is a verdict: what a new worker needs not find out again. */
  known(): readonly TargetHealthReport[] {
    const known: TargetHealthReport[] = [];
    for (const entry of this.#entries.values()) {
      const health = merge(entry);
      if (health !== 'INITIAL') {
        known.push({ groupId: entry.groupId, key: entry.key, health });
      }
    }
    return known;
  }

  report(worker: number, changes: readonly TargetHealthReport[]): void {
    for (const { groupId, key, health } of changes) {
      const at = boardKey(groupId, key);
      const entry = this.#entries.get(at) ?? {
        groupId,
        key,
        reports: new Map<number, TargetHealth>(),
        inherited: undefined,
      };
      this.#entries.set(at, entry);
      entry.reports.set(worker, health);
      if (health !== 'INITIAL') {
        entry.inherited = undefined;
      }
    }
  }

  /** A target that is gone; registered again it starts anew. */
  forgetTarget(groupId: string, targetKey: string): void {
    this.#entries.delete(boardKey(groupId, targetKey));
  }

  /** What only this worker knew is kept for the one that takes its place. */
  forgetWorker(worker: number): void {
    for (const [at, entry] of this.#entries) {
      const said = entry.reports.get(worker);
      entry.reports.delete(worker);
      if (said !== undefined && said !== 'INITIAL' && merge(entry) === 'INITIAL') {
        entry.inherited = said;
      }
      if (entry.reports.size === 0 && entry.inherited === undefined) {
        this.#entries.delete(at);
      }
    }
  }
}

const merge = ({ reports, inherited }: Entry): TargetHealth => {
  let merged: TargetHealth = inherited ?? 'INITIAL';
  for (const health of reports.values()) {
    if (health === 'UNHEALTHY') {
      return 'UNHEALTHY';
    }
    if (health === 'HEALTHY') {
      merged = 'HEALTHY';
    }
  }
  return merged;
};

const boardKey = (groupId: string, targetKey: string): string => `${groupId}/${targetKey}`;
