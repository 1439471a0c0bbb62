/** Values bring their keys: one that is asked for may be a slice of a whole request, and is not kept. */
interface Keyed {
  readonly key: string;
}

/**
 * At most `capacity` values; when it is full a new one takes the place of any other. What is dropped is
 * left to chance since finding a value then writes nothing, and since callers come in turns: whoever
 * drops what was used longest ago drops just what is asked for next, so that a few callers too many
 * make every request miss. This way a tenth too many makes less than a fifth of them miss.
 */
export class BoundedMap<V extends Keyed> {
  readonly #capacity: number;
  readonly #random: () => number;
  readonly #places = new Map<string, number>();
  readonly #values: V[] = [];

  /** @param random from 0 up to, and without, 1 */
  constructor(capacity: number, random: () => number = Math.random) {
    this.#capacity = capacity;
    this.#random = random;
  }

  get size(): number {
    return this.#values.length;
  }

  get(key: string): V | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#values[place];
  }

  put(value: V): void {
    const place = this.#places.get(value.key) ?? this.#newPlace();
    this.#values[place] = value;
    this.#places.set(value.key, place);
  }

  #newPlace(): number {
    if (this.#values.length < this.#capacity) return this.#values.length;
    const place = Math.floor(this.#random() * this.#capacity);
    this.#places.delete((this.#values[place] as V).key);
    return place;
  }
}
