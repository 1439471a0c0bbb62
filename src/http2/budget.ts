/**
 * How much a peer may still do of what costs more than it is worth: it is used up by that, and comes
 * back with what is worth it and with time.
 */
export class Budget {
  readonly #size: number;
  readonly #refillMs: number;
  #left: number;
  #updatedAt: number;

  /** @param refillMs time in which a budget that is used up is whole again */
  constructor(size: number, refillMs: number, now: number) {
    this.#size = size;
    this.#refillMs = refillMs;
    this.#left = size;
    this.#updatedAt = now;
  }

  earn(amount: number): void {
    this.#left = Math.min(this.#left + amount, this.#size);
  }

  /** False when there is nothing left. */
  spend(now: number, amount = 1): boolean {
    const refill = ((now - this.#updatedAt) / this.#refillMs) * this.#size;
    this.#updatedAt = now;
    this.#left = Math.min(this.#left + refill, this.#size) - amount;
    return this.#left >= 0;
  }
}
