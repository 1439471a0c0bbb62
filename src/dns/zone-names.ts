import type { RecordDataPart, RecordSetPart } from '../snapshot/parts.ts';

/** What stands under one name, by type. */
export type RecordSets = ReadonlyMap<string, RecordDataPart>;

const EMPTY: RecordSets = new Map();

/** The names of one hosted zone. */
export class ZoneNames {
  /** Lower case, without a final dot. */
  readonly name: string;
  readonly #sets = new Map<string, Map<string, RecordDataPart>>();
  /** How many record sets stand at a name or below it: a name with some exists. */
  readonly #counts = new Map<string, number>();

  constructor(name: string) {
    this.name = name;
  }

  put({ name, data }: RecordSetPart): void {
    const sets = this.#sets.get(name) ?? new Map<string, RecordDataPart>();
    if (!sets.has(data.type)) this.#count(name, 1);
    sets.set(data.type, data);
    this.#sets.set(name, sets);
  }

  remove({ name, data }: RecordSetPart): void {
    const sets = this.#sets.get(name);
    if (!sets?.delete(data.type)) return;
    if (sets.size === 0) this.#sets.delete(name);
    this.#count(name, -1);
  }

  /**
   * What stands under a name of the zone, by a wildcard if need be. Empty for a name without records
   * that has names below it; undefined for one that does not exist. As RFC 4592 has it: the wildcard
   * that counts is the one right below the closest name that exists.
   */
  find(name: string): RecordSets | undefined {
    const sets = this.#sets.get(name);
    if (sets !== undefined) return sets;
    if (this.#exists(name)) return EMPTY;
    let encloser = name;
    do {
      encloser = encloser.slice(encloser.indexOf('.') + 1);
    } while (!this.#exists(encloser));
    return this.#sets.get(`*.${encloser}`);
  }

  /** The apex does always: it has the zone's own SOA. */
  #exists(name: string): boolean {
    return name.length <= this.name.length || this.#counts.has(name);
  }

  #count(name: string, change: 1 | -1): void {
    let at = name;
    while (at.length > this.name.length) {
      const count = (this.#counts.get(at) ?? 0) + change;
      if (count === 0) this.#counts.delete(at);
      else this.#counts.set(at, count);
      at = at.slice(at.indexOf('.') + 1);
    }
  }
}
