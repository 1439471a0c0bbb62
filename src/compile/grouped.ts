/** A set of documents that can be asked for by a key computed from them; several keys a document. */
export class Grouped<D extends { readonly id: string }> {
  readonly #keysOf: (document: D) => readonly string[];
  readonly #groups = new Map<string, Map<string, D>>();

  constructor(keysOf: (document: D) => readonly string[]) {
    this.#keysOf = keysOf;
  }

  of(key: string): Iterable<D> {
    return this.#groups.get(key)?.values() ?? [];
  }

  replace(before: D | undefined, after: D | undefined): void {
    if (before) {
      for (const key of this.#keysOf(before)) {
        const group = this.#groups.get(key);
        group?.delete(before.id);
        // Empty groups go, or keys that nobody uses any more would pile up.
        if (group?.size === 0) this.#groups.delete(key);
      }
    }
    if (after) {
      for (const key of this.#keysOf(after)) {
        const group = this.#groups.get(key);
        if (group) group.set(after.id, after);
        else this.#groups.set(key, new Map([[after.id, after]]));
      }
    }
  }
}

interface Aged {
  readonly id: string;
  readonly createdAt: string;
}

/** Oldest first. The order of documents must not depend on the order in which they are told. */
export const byAge = (a: Aged, b: Aged): number =>
  compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id);

export const oldestFirst = <D extends Aged>(documents: Iterable<D>): D[] =>
  [...documents].sort(byAge);

/** By code unit: the same on every machine, unlike a comparison by locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
