import { parseArgs } from 'node:util';

export const SECTIONS = [
  'proxy',
  'http2',
  'grpc',
  'handshakes',
  'passthrough',
  'auth',
  'growth',
  'propagation',
  'start',
  'memory',
  'netns',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface BenchOptions {
  readonly sections: ReadonlySet<Section>;
  /** How often each contender is measured, one after the other in each round. */
  readonly rounds: number;
  /** How long each measurement under load takes. */
  readonly seconds: number;
  /** Small and short: shows that everything works, not how fast it is. */
  readonly quick: boolean;
  /** Whether the results go to bench/RESULTS.md too. */
  readonly write: boolean;
}

export const USAGE = `usage: npm run bench -- [options]

Takes some twenty minutes, and wants a machine that does nothing else.

  --rounds N      measure each contender N times, alternating (default 5)
  --seconds N     how long one measurement under load takes (default 4)
  --quick         2 rounds of 1 s, and no more than 1,000 services: to try it out, not to quote
  --only LIST     of ${SECTIONS.join(', ')}; with commas between
  --write         write the results to bench/RESULTS.md`;

export class UsageError extends Error {}

/** @throws UsageError naming the option that cannot be used. */
export const parseOptions = (argv: readonly string[]): BenchOptions | 'help' => {
  const { rounds, seconds, quick, only, write, help } = parse(argv);
  if (help) return 'help';
  return {
    sections: parseSections(only),
    rounds: wholeNumber('--rounds', rounds, quick ? 2 : 5),
    seconds: wholeNumber('--seconds', seconds, quick ? 1 : 4),
    quick,
    write,
  };
};

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    const [text = ''] = (error as Error).message.split('. ');
    throw new UsageError(text[0]?.toLowerCase() + text.slice(1).replaceAll("'", '`'));
  }
};

const parseSections = (only: string | undefined): ReadonlySet<Section> => {
  if (only === undefined) return new Set(SECTIONS);
  const named = only.split(',').map((name) => name.trim());
  for (const name of named) {
    if (!SECTIONS.includes(name as Section)) {
      throw new UsageError(`--only knows ${SECTIONS.join(', ')}, not \`${name}\``);
    }
  }
  return new Set(named as Section[]);
};

const wholeNumber = (flag: string, text: string | undefined, standard: number): number => {
  if (text === undefined) return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1000) {
    throw new UsageError(`${flag} must be a whole number from 1 to 1000, not \`${text}\``);
  }
  return value;
};
