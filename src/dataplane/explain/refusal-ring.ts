/** The last so many values by their ids; of several with one id the newest is found. */
export class RefusalRing<T> {
  readonly #capacity: number;
  readonly #entries: { readonly id: string; readonly value: T }[] = [];
  readonly #newest = new Map<string, number>();
  #next = 0;

  /** @param capacity at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(id: string, value: T): void {
    const at = this.#next;
    this.#next = (at + 1) % this.#capacity;
    const gone = this.#entries[at];
    if (gone !== undefined && this.#newest.get(gone.id) === at) this.#newest.delete(gone.id);
    this.#entries[at] = { id, value };
    this.#newest.set(id, at);
  }

  find(id: string): T | undefined {
    const at = this.#newest.get(id);
    return at === undefined ? undefined : this.#entries[at]?.value;
  }
}
