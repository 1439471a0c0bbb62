type Mode = 'shared' | 'exclusive';

interface Waiting {
  readonly mode: Mode;
  readonly start: () => void;
}

/**
 * Who may use the one connection: any number of readers at once, or one writer alone, in the order
 * in which they came. A reader that comes after a waiting writer waits too, so neither starves.
 */
export class Turns {
  #readers = 0;
  #writing = false;
  readonly #waiting: Waiting[] = [];

  /** Runs `run` together with other readers; the promise settles as `run` does. */
  shared<T>(run: () => Promise<T>): Promise<T> {
    return this.#take('shared', run);
  }

  /** Runs `run` alone. */
  exclusive<T>(run: () => Promise<T>): Promise<T> {
    return this.#take('exclusive', run);
  }

  async #take<T>(mode: Mode, run: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || !this.#isFree(mode)) {
      await new Promise<void>((start) => this.#waiting.push({ mode, start }));
    } else {
      this.#enter(mode);
    }
    try {
      return await run();
    } finally {
      this.#leave(mode);
    }
  }

  #isFree(mode: Mode): boolean {
    return !this.#writing && (mode === 'shared' || this.#readers === 0);
  }

  #enter(mode: Mode): void {
    if (mode === 'shared') this.#readers += 1;
    else this.#writing = true;
  }

  #leave(mode: Mode): void {
    if (mode === 'shared') this.#readers -= 1;
    else this.#writing = false;
    // Entered here and not in the waiter, which only runs later: nobody may slip in between.
    for (let next = this.#waiting[0]; next && this.#isFree(next.mode); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#enter(next.mode);
      next.start();
    }
  }
}
