import { type Address, cidrSize, parseCidr, toNetwork } from '../../lattice/cidr.ts';

/**
 * A value for every address, both families, found by binary search: however many blocks there are
 * and however they overlap, a lookup takes some steps more at most.
 */
export class AddressMap<T> {
  readonly #families: { readonly 4: Family<T>; readonly 6: Family<T> };

  /**
   * @param cidrs blocks in any order; what is no block covers nothing
   * @param nowhere the value outside of all blocks
   * @param within the value in a block, by its index, that lies where the value was `around`. Of
   *   blocks that are the same each is asked for, in order, as if it lay in the one before
   */
  constructor(cidrs: readonly string[], nowhere: T, within: (around: T, index: number) => T) {
    const blocks = cidrs.flatMap(toBlock);
    const family = (version: 4 | 6) =>
      makeFamily(
        blocks.filter((block) => block.version === version),
        nowhere,
        within,
      );
    this.#families = { 4: family(4), 6: family(6) };
  }

  at({ version, value }: Address): T {
    const { starts, values } = this.#families[version];
    // The first value is that of what lies before all blocks.
    return values[lastAtMost(starts, value) + 1]!;
  }
}

interface Block {
  readonly version: 4 | 6;
  readonly index: number;
  readonly from: bigint;
  /** Not included. */
  readonly end: bigint;
}

interface Family<T> {
  /** Ascending: from each on, up to the next, the value of the same index plus one. */
  readonly starts: readonly bigint[];
  readonly values: readonly T[];
}

const toBlock = (text: string, index: number): Block[] => {
  const cidr = parseCidr(text);
  if (cidr === undefined) return [];
  const from = toNetwork(cidr).value;
  return [{ version: cidr.version, index, from, end: from + cidrSize(cidr) }];
};

/** Of two blocks one contains the other, or they have nothing in common: one pass sees them all. */
const makeFamily = <T>(
  blocks: Block[],
  nowhere: T,
  within: (around: T, index: number) => T,
): Family<T> => {
  const starts: bigint[] = [];
  const values = [nowhere];
  const begin = (from: bigint, value: T) => {
    if (starts.at(-1) === from) {
      values[values.length - 1] = value;
    } else if (values.at(-1) !== value) {
      starts.push(from);
      values.push(value);
    }
  };
  /** From the outermost to the innermost that are not over yet. */
  const open: { readonly end: bigint; readonly value: T }[] = [];
  const around = () => open.at(-1)?.value ?? nowhere;
  const closeUpTo = (limit: bigint | undefined) => {
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      if (limit !== undefined && last.end > limit) return;
      open.pop();
      begin(last.end, around());
    }
  };
  for (const { from, end, index } of blocks.sort(outermostFirst)) {
    closeUpTo(from);
    const value = within(around(), index);
    open.push({ end, value });
    begin(from, value);
  }
  closeUpTo(undefined);
  return { starts, values };
};

const outermostFirst = (a: Block, b: Block): number =>
  compare(a.from, b.from) || compare(b.end, a.end) || a.index - b.index;

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Index of the last value that is at most `limit`, in an ascending list; -1 when there is none. */
const lastAtMost = (ascending: readonly bigint[], limit: bigint): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
