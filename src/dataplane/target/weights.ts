import type { WeightPart } from '../../snapshot/parts.ts';

/**
 * Smooth weighted round robin, as in nginx: each turn every group gains its weight, and the one with
 * the most is chosen and pays the sum of all. Within every run of "sum of weights" choices each group
 * gets exactly its weight, and its turns are spread evenly. A choice costs one pass over at most ten
 * groups.
 */
export class WeightedChoice {
  readonly #ids: readonly string[];
  readonly #weights: readonly number[];
  readonly #credits: number[];
  readonly #sum: number;

  /** With `previous`, groups that were there before keep the part of a turn that they had gained. */
  constructor(parts: readonly WeightPart[], previous?: WeightedChoice) {
    const weighted = parts.filter((part) => part.weight > 0);
    this.#ids = weighted.map((part) => part.targetGroupId);
    this.#weights = weighted.map((part) => part.weight);
    this.#sum = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#credits = this.#ids.map((id) => (previous?.creditOf(id) ?? 0) * this.#sum);
  }

  /** The id of the target group whose turn it is; undefined when no group has a weight. */
  next(): string | undefined {
    const credits = this.#credits;
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < credits.length; i += 1) {
      const credit = credits[i]! + this.#weights[i]!;
      credits[i] = credit;
      if (credit > most) {
        most = credit;
        best = i;
      }
    }
    if (best < 0) return undefined;
    credits[best] = most - this.#sum;
    return this.#ids[best];
  }

  /** What a group has gained, as a share of a turn: between -1 and 1. */
  creditOf(id: string): number {
    const index = this.#ids.indexOf(id);
    return index < 0 ? 0 : this.#credits[index]! / this.#sum;
  }
}
