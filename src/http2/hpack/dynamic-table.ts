/** What both sides begin with, unless they agree on another size (RFC 9113 §6.5.2). */
export const DEFAULT_TABLE_SIZE = 4096;

const FIRST_CAPACITY = 32;

/**
 * The fields of earlier blocks, first in, first out (RFC 7541 §2.3.2, §4): a ring that doubles when it
 * is full. Entries are told by how many were added before them, which stays the same; the place in the
 * index space follows from that.
 */
export class DynamicTable<Entry extends { readonly size: number }> {
  readonly #evicted: ((entry: Entry) => void) | undefined;
  #slots = new Array<Entry | undefined>(FIRST_CAPACITY).fill(undefined);
  #maxSize = DEFAULT_TABLE_SIZE;
  #size = 0;
  /** The number of the oldest entry. */
  #oldest = 0;
  /** The number that the next entry gets. */
  #next = 0;

  constructor(evicted?: (entry: Entry) => void) {
    this.#evicted = evicted;
  }

  get maxSize(): number {
    return this.#maxSize;
  }

  /** How many entries were added ever. */
  get added(): number {
    return this.#next;
  }

  /** @param age 1: the newest. Undefined: there are not as many. */
  newest(age: number): Entry | undefined {
    const number = this.#next - age;
    if (number < this.#oldest) return undefined;
    return this.#slots[number & (this.#slots.length - 1)];
  }

  /** Makes room for it first; one that is larger than the table empties it, which is no error (RFC 7541 §4.4). */
  add(entry: Entry): void {
    this.#evictTo(this.#maxSize - entry.size);
    if (entry.size > this.#maxSize) return;
    if (this.#next - this.#oldest === this.#slots.length) this.#double();
    this.#slots[this.#next++ & (this.#slots.length - 1)] = entry;
    this.#size += entry.size;
  }

  resize(maxSize: number): void {
    this.#maxSize = maxSize;
    this.#evictTo(maxSize);
  }

  #evictTo(size: number): void {
    while (this.#size > size && this.#oldest < this.#next) {
      const slot = this.#oldest++ & (this.#slots.length - 1);
      const entry = this.#slots[slot]!;
      this.#slots[slot] = undefined;
      this.#size -= entry.size;
      this.#evicted?.(entry);
    }
  }

  #double(): void {
    const slots = new Array<Entry | undefined>(2 * this.#slots.length).fill(undefined);
    for (let number = this.#oldest; number < this.#next; number++) {
      slots[number & (slots.length - 1)] = this.#slots[number & (this.#slots.length - 1)];
    }
    this.#slots = slots;
  }
}
