/** The last so many values by their ids, of which several may have the same. */
export class RefusalRing<T> {
  readonly #capacity: number;
  /** The n-th value is at n modulo the capacity. */
  readonly #entries: { readonly id: string; readonly value: T }[] = [];
  /** Which ones have an id, the oldest first. */
  readonly #numbers = new Map<string, number[]>();
  #next = 0;

  /** @param capacity at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(id: string, value: T): void {
    const number = this.#next++;
    const at = number % this.#capacity;
    const gone = this.#entries[at];
    if (gone !== undefined) this.#dropOldest(gone.id);
    this.#entries[at] = { id, value };
    const numbers = this.#numbers.get(id);
    if (numbers === undefined) this.#numbers.set(id, [number]);
    else numbers.push(number);
  }

  /** All with one of the ids, the newest first. */
  find(ids: ReadonlySet<string>): readonly T[] {
    return [...ids]
      .flatMap((id) => this.#numbers.get(id) ?? [])
      .sort((a, b) => b - a)
      .flatMap((number) => this.#entries[number % this.#capacity]?.value ?? []);
  }

  #dropOldest(id: string): void {
    const numbers = this.#numbers.get(id);
    numbers?.shift();
    if (numbers?.length === 0) this.#numbers.delete(id);
  }
}
