/** Ids that are remembered. Frames for a stream that was reset come for about a round trip. */
const REMEMBERED = 256;

/** How the last streams of a connection came to their ends: what may still come on them depends on that. */
export class ClosedStreams {
  readonly #ids = new Uint32Array(REMEMBERED);
  readonly #wasReset = new Uint8Array(REMEMBERED);
  #next = 0;

  /** @param byUs we have reset it: the peer may not know yet */
  add(id: number, byUs: boolean): void {
    this.#ids[this.#next] = id;
    this.#wasReset[this.#next] = byUs ? 1 : 0;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  endOf(id: number): 'reset' | 'ended' | 'unknown' {
    const at = this.#ids.indexOf(id);
    if (at < 0) return 'unknown';
    return this.#wasReset[at] === 1 ? 'reset' : 'ended';
  }
}
