/** There is no room for another body now; the client may try again. */
export class BodyBudgetError extends Error {
  readonly code = 'BODY_BUDGET';

  constructor() {
    super('too many long request bodies are arriving at the same time');
    this.name = 'BodyBudgetError';
  }
}

/** What all bodies together may hold in memory while they arrive. */
export interface BodyBudgetOptions {
  readonly bytes: number;
  /**
   * Of each body that is not counted: whoever fills the budget with long bodies does not keep
   * others from sending the short ones that nearly all calls have.
   */
  readonly freeBytes: number;
}

/** A piece of a body costs more than its bytes. */
const PIECE_BYTES = 256;

/** Shared by the requests of a server. Whoever sends a body is not known before its end. */
export class BodyBudget {
  readonly #options: BodyBudgetOptions;
  #taken = 0;

  constructor(options: BodyBudgetOptions) {
    this.#options = options;
  }

  /** For one body that begins to arrive. */
  open(): BodyShare {
    const { bytes, freeBytes } = this.#options;
    let arrived = 0;
    let counted = 0;
    return {
      take: (pieceBytes) => {
        arrived += pieceBytes + PIECE_BYTES;
        const more = Math.max(0, arrived - freeBytes) - counted;
        if (this.#taken + more > bytes) throw new BodyBudgetError();
        counted += more;
        this.#taken += more;
      },
      giveBack: () => {
        this.#taken -= counted;
        counted = 0;
      },
    };
  }
}

export interface BodyShare {
  /** @throws BodyBudgetError when there is no room; what was taken before stays taken. */
  take(pieceBytes: number): void;
  /** All of it; the second time nothing. */
  giveBack(): void;
}
