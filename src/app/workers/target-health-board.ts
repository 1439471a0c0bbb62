import type { TargetHealth, TargetHealthReport } from '../../snapshot/feed.ts';

/**
 * Every worker checks targets by itself; this is what they say together: UNHEALTHY when any worker
 * says so, HEALTHY when all that have reported do, INITIAL otherwise.
 */
export class TargetHealthBoard {
  /** By target group and target, by worker. */
  readonly #reports = new Map<string, Map<number, TargetHealth>>();

  read(groupId: string, targetKey: string): TargetHealth | undefined {
    const reports = this.#reports.get(boardKey(groupId, targetKey));
    if (reports === undefined) {
      return undefined;
    }
    let merged: TargetHealth = 'HEALTHY';
    for (const health of reports.values()) {
      if (health === 'UNHEALTHY') {
        return 'UNHEALTHY';
      }
      if (health === 'INITIAL') {
        merged = 'INITIAL';
      }
    }
    return merged;
  }

  report(worker: number, changes: readonly TargetHealthReport[]): void {
    for (const { groupId, key, health } of changes) {
      const at = boardKey(groupId, key);
      const reports = this.#reports.get(at) ?? new Map<number, TargetHealth>();
      this.#reports.set(at, reports.set(worker, health));
    }
  }

  /** A target that is gone; registered again it starts anew. */
  forgetTarget(groupId: string, targetKey: string): void {
    this.#reports.delete(boardKey(groupId, targetKey));
  }

  forgetWorker(worker: number): void {
    for (const [at, reports] of this.#reports) {
      if (reports.delete(worker) && reports.size === 0) {
        this.#reports.delete(at);
      }
    }
  }
}

const boardKey = (groupId: string, targetKey: string): string => `${groupId}/${targetKey}`;
