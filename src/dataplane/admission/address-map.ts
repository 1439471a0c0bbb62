import { type Address, cidrSize, parseCidr, toNetwork } from '../../lattice/cidr.ts';
import { cutInPieces, lastAtMost, type Range } from './pieces.ts';

/**
 * A value for every address, both families, found by binary search: however many blocks there are
 * and however they overlap, a lookup takes some steps more at most.
 */
export class AddressMap<T> {
  readonly #families: { readonly 4: Family<T>; readonly 6: Family<T> };

  /**
   * @param cidrs blocks in any order; what is no block covers nothing
   * @param makeValue the value where these blocks, and no others, cover an address: by index, ascending
   */
  constructor(cidrs: readonly string[], makeValue: (covering: readonly number[]) => T) {
    this.#families = { 4: makeFamily(cidrs, 4, makeValue), 6: makeFamily(cidrs, 6, makeValue) };
  }

  at({ version, value }: Address): T {
    const { starts, values } = this.#families[version];
    // The first value is that of what lies before all blocks.
    return values[lastAtMost(starts, value) + 1]!;
  }
}

interface Family<T> {
  readonly starts: readonly bigint[];
  readonly values: readonly T[];
}

const makeFamily = <T>(
  cidrs: readonly string[],
  version: 4 | 6,
  makeValue: (covering: readonly number[]) => T,
): Family<T> => {
  const ranges: Range<bigint>[] = [];
  const indexes: number[] = [];
  for (const [index, text] of cidrs.entries()) {
    const cidr = parseCidr(text);
    if (cidr?.version !== version) continue;
    const from = toNetwork(cidr).value;
    ranges.push({ from, end: from + cidrSize(cidr) });
    indexes.push(index);
  }
  const starts: bigint[] = [];
  const values = [makeValue([])];
  for (const { from, covering } of cutInPieces(ranges)) {
    const value = makeValue(covering.map((place) => indexes[place]!));
    if (value === values.at(-1)) continue;
    starts.push(from);
    values.push(value);
  }
  return { starts, values };
};
