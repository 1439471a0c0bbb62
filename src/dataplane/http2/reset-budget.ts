/** Time in which a budget that is used up is whole again. */
const REFILL_MS = 60_000;

/**
 * How many streams a client may still reset on one connection before their exchanges are over: each
 * reset takes one, each answer of a target that is taken gives one back, and so does time. A client that gives
 * up now and then never gets there; one that opens streams only to reset them (CVE-2023-44487) does.
 */
export class ResetBudget {
  readonly #size: number;
  #left: number;
  #updatedAt: number;

  constructor(size: number, now: number) {
    this.#size = size;
    this.#left = size;
    this.#updatedAt = now;
  }

  earn(): void {
    if (this.#left < this.#size) this.#left++;
  }

  /** Returns false when there is nothing left. */
  spend(now: number): boolean {
    const refill = ((now - this.#updatedAt) / REFILL_MS) * this.#size;
    this.#updatedAt = now;
    this.#left = Math.min(this.#left + refill, this.#size) - 1;
    return this.#left >= 0;
  }
}
