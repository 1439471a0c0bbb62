import type { Bench } from './bench.ts';

/**
 * What `sample` says of each contender in each round, after a warm-up of twice the time of a
 * measurement. Whoever comes after a hard one may find a hot machine, so the order is another in each
 * round.
 */
export const takeRounds = async <C extends { readonly name: string }, S>(
  { options, say }: Bench,
  contenders: readonly C[],
  sample: (contender: C, seconds: number) => Promise<S>,
  tell: (sample: S) => string,
): Promise<ReadonlyMap<C, readonly S[]>> => {
  for (const contender of contenders) {
    say(`warming up ${contender.name}`);
    await sample(contender, 2 * options.seconds);
  }
  const samples = new Map<C, S[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const contender of rotated(contenders, round)) {
      const taken = await sample(contender, options.seconds);
      samples.get(contender)?.push(taken);
      say(`round ${round + 1} of ${options.rounds}: ${contender.name} ${tell(taken)}`);
    }
  }
  return samples;
};

const rotated = <T>(items: readonly T[], by: number): readonly T[] => {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
};
