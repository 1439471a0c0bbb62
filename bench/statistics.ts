/** The value below which the share `q` (0 to 1) of the values lies; NaN of none. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
};

/** Of an even number of values the mean of the two in the middle; NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** What stands for several samples: the median of each figure, and all that `failed`. */
export const overRounds = <
  Sample extends { readonly failed: number } & { readonly [K in keyof Sample]: number },
>(
  samples: readonly Sample[],
): Sample => {
  const [first] = samples;
  if (first === undefined) throw new Error('nothing was measured');
  const figures = Object.keys(first).map((name) => {
    const values = samples.map((sample) => sample[name as keyof Sample] as number);
    return [name, name === 'failed' ? values.reduce((sum, one) => sum + one, 0) : median(values)];
  });
  return Object.fromEntries(figures) as Sample;
};
