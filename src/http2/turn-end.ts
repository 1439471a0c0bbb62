/** What is to be done before the event loop waits for something new. */
export interface Flushable {
  flush(): void;
}

/**
 * Runs `flush` of whoever asks for it once, at the end of the event loop's turn: what several sockets
 * brought in the meantime leaves in one write for each session.
 */
export class TurnEnd {
  readonly #later: (run: () => void) => void;
  #members: Flushable[] = [];

  /** @param later runs what it is given at the end of the turn */
  constructor(later: (run: () => void) => void = setImmediate) {
    this.#later = later;
  }

  add(member: Flushable): void {
    if (this.#members.push(member) === 1) this.#later(this.#run);
  }

  readonly #run = (): void => {
    const members = this.#members;
    this.#members = [];
    let done = 0;
    try {
      while (done < members.length) members[done++]!.flush();
    } finally {
      // One has thrown, which is not to hold up the others.
      for (const member of members.slice(done)) this.add(member);
    }
  };
}
