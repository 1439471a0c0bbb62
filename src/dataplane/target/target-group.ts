import type { TargetGroupPart, TargetPart } from '../../snapshot/parts.ts';
import { Counters } from '../counters.ts';
import { RoundRobinPicker } from './picker.ts';
import { TargetRuntime } from './target-runtime.ts';

export interface TargetGroupOptions {
  /** Epoch ms. */
  readonly now: () => number;
  /** Called for each target that is gone: deregistered, moved to another address, or its group deleted. */
  readonly onTargetRemoved: (target: TargetRuntime) => void;
}

/** A target group with its targets and the choice among them. Lives as long as the group exists. */
export class TargetGroupRuntime {
  part: TargetGroupPart;
  readonly counters = new Counters();
  /** By `TargetPart.key`, in order of registration. */
  readonly targets = new Map<string, TargetRuntime>();
  readonly #options: TargetGroupOptions;
  readonly #picker: RoundRobinPicker;

  constructor(part: TargetGroupPart, options: TargetGroupOptions) {
    this.part = part;
    this.#options = options;
    this.#picker = new RoundRobinPicker(this.targets, options.now);
    this.update(part);
  }

  /**
   * The next target in turn, or undefined when there is none that was not tried.
   * Usable are the healthy ones; when there are none, all that are registered and have an address
   * ("fail open", VPC Lattice user guide, target groups). Draining ones never are.
   */
  next(tried?: readonly TargetRuntime[]): TargetRuntime | undefined {
    return this.#picker.next(tried);
  }

  /** Takes over a new part: targets that stay keep their runtime, health, connections and place. */
  update(part: TargetGroupPart): void {
    this.part = part;
    this.#picker.checksHealth = part.healthCheck !== undefined;
    const gone = new Map(this.targets);
    this.targets.clear();
    for (const targetPart of part.targets) {
      const known = gone.get(targetPart.key);
      if (known !== undefined && isSameTarget(known.part, targetPart)) {
        known.part = targetPart;
        this.targets.set(targetPart.key, known);
        gone.delete(targetPart.key);
      } else {
        this.targets.set(targetPart.key, new TargetRuntime(this, targetPart));
      }
    }
    this.targetsChanged();
    for (const target of gone.values()) this.#options.onTargetRemoved(target);
  }

  /** Drops every target: the group was deleted. */
  close(): void {
    const gone = [...this.targets.values()];
    this.targets.clear();
    this.targetsChanged();
    for (const target of gone) this.#options.onTargetRemoved(target);
  }

  /** To be called when a target's health, drain or avoidance changed. */
  targetsChanged(): void {
    this.#picker.invalidate();
  }
}

/**
 * A target that is dialled elsewhere from now on, or that was deregistered and is registered again,
 * is another one: neither its connections nor its health count any more.
 */
function isSameTarget(before: TargetPart, after: TargetPart): boolean {
  return (
    before.dial?.host === after.dial?.host &&
    before.dial?.port === after.dial?.port &&
    before.address === after.address &&
    !(before.draining && !after.draining)
  );
}
