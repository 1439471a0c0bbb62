/** Values bring their keys: one that is asked for may be a slice of a whole request, and is not kept. */
interface Keyed {
  readonly key: string;
}

/**
 * At most `capacity` values: the half that was used last stays, the other goes in bulk. Unlike with
 * an exact order of use, finding a value that was used lately writes nothing.
 */
export class RecentMap<V extends Keyed> {
  readonly #half: number;
  #recent = new Map<string, V>();
  #older = new Map<string, V>();

  constructor(capacity: number) {
    this.#half = Math.max(1, Math.floor(capacity / 2));
  }

  get size(): number {
    return this.#recent.size + this.#older.size;
  }

  get(key: string): V | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.put(older);
    return older;
  }

  put(value: V): void {
    this.#older.delete(value.key);
    if (this.#recent.size >= this.#half && !this.#recent.has(value.key)) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(value.key, value);
  }
}
