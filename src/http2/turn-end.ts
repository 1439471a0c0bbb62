/** What is to be done before the event loop waits for something new. */
export interface Flushable {
  flush(): void;
}

/**
 * Runs `flush` of whoever asks for it once, at the end of the event loop's turn: what several sockets
 * brought in the meantime leaves in one write for each session.
 */
export class TurnEnd {
  #members: Flushable[] = [];

  add(member: Flushable): void {
    if (this.#members.push(member) === 1) setImmediate(this.#run);
  }

  readonly #run = (): void => {
    const members = this.#members;
    this.#members = [];
    for (const member of members) member.flush();
  };
}
