/** From `from` up to, but not including, `end`. */
export interface Range<P extends number | bigint> {
  readonly from: P;
  readonly end: P;
}

export interface Piece<P extends number | bigint> {
  readonly from: P;
  /** The ranges that cover it, by their index, ascending; valid until the next piece is asked for. */
  readonly covering: readonly number[];
}

/**
 * Cuts the line where any of the ranges begins or ends. The pieces ascend, and each reaches to the
 * next; before the first one and behind the last nothing is covered.
 */
export function* cutInPieces<P extends number | bigint>(
  ranges: readonly Range<P>[],
): Generator<Piece<P>> {
  const edges = ranges
    .flatMap(({ from, end }, index) => [
      { at: from, index, begins: true },
      { at: end, index, begins: false },
    ])
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const covering: number[] = [];
  for (const [position, { at, index, begins }] of edges.entries()) {
    const place = placeOf(covering, index);
    if (begins) covering.splice(place, 0, index);
    else covering.splice(place, 1);
    if (edges[position + 1]?.at !== at) yield { from: at, covering };
  }
}

/** Where `value` is in an ascending list, or would have to be. */
const placeOf = (ascending: readonly number[], value: number): number =>
  lastAtMost(ascending, value - 1) + 1;

/** Index of the last value that is at most `limit`, in an ascending list; -1 when there is none. */
export const lastAtMost = <P extends number | bigint>(
  ascending: ArrayLike<P>,
  limit: P,
): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
