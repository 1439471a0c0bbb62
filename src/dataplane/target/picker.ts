import type { TargetRuntime } from './target-runtime.ts';

/**
 * Round robin over the usable targets of one group. The lists are rebuilt only after a change;
 * in between a choice is an array access.
 */
export class RoundRobinPicker {
  /** Whether health decides; without checks every target is as good as any other. */
  checksHealth = false;
  readonly #targets: ReadonlyMap<string, TargetRuntime>;
  readonly #now: () => number;
  #dirty = true;
  /** All that may be chosen, and of these the ones without a recent connect failure. */
  #usable: TargetRuntime[] = [];
  #preferred: TargetRuntime[] = [];
  #cursor = 0;
  /** When the first avoided target is to be tried again; Infinity when none is avoided. */
  #nextExpiryMs = Number.POSITIVE_INFINITY;

  constructor(targets: ReadonlyMap<string, TargetRuntime>, now: () => number) {
    this.#targets = targets;
    this.#now = now;
  }

  invalidate(): void {
    this.#dirty = true;
  }

  next(tried?: readonly TargetRuntime[]): TargetRuntime | undefined {
    if (
      this.#dirty ||
      (this.#nextExpiryMs !== Number.POSITIVE_INFINITY && this.#now() >= this.#nextExpiryMs)
    ) {
      this.#rebuild();
    }
    const preferred = this.#preferred;
    if (tried === undefined || tried.length === 0) {
      const target = preferred[this.#cursor];
      this.#cursor = this.#cursor + 1 >= preferred.length ? 0 : this.#cursor + 1;
      return target;
    }
    for (let i = 0; i < preferred.length; i += 1) {
      const index = (this.#cursor + i) % preferred.length;
      const target = preferred[index]!;
      if (tried.includes(target)) continue;
      this.#cursor = (index + 1) % preferred.length;
      return target;
    }
    return this.#usable.find((target) => !tried.includes(target));
  }

  #rebuild(): void {
    this.#dirty = false;
    const open: TargetRuntime[] = [];
    const healthy: TargetRuntime[] = [];
    for (const target of this.#targets.values()) {
      if (target.part.draining || target.part.dial === undefined) continue;
      open.push(target);
      if (!this.checksHealth || target.health === 'HEALTHY') healthy.push(target);
    }
    const usable = healthy.length > 0 ? healthy : open;
    const nowMs = this.#now();
    let nextExpiryMs = Number.POSITIVE_INFINITY;
    const preferred: TargetRuntime[] = [];
    for (const target of usable) {
      if (target.avoidUntilMs <= nowMs) preferred.push(target);
      else nextExpiryMs = Math.min(nextExpiryMs, target.avoidUntilMs);
    }
    this.#usable = usable;
    this.#nextExpiryMs = nextExpiryMs;
    this.#takeOver(preferred.length > 0 ? preferred : usable);
  }

  /** Goes on with whoever was next in turn, so that frequent changes do not favour the first in the list. */
  #takeOver(preferred: TargetRuntime[]): void {
    const before = this.#preferred;
    for (const target of before) target.position = -1;
    for (const [index, target] of preferred.entries()) target.position = index;
    let cursor = 0;
    for (let i = 0; i < before.length; i += 1) {
      const target = before[(this.#cursor + i) % before.length]!;
      if (target.position < 0) continue;
      cursor = target.position;
      break;
    }
    this.#preferred = preferred;
    this.#cursor = cursor;
  }
}
