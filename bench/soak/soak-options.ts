import { parseArgs } from 'node:util';

export const SOAK_PARTS = [
  'requests',
  'calls',
  'stream',
  'bodies',
  'offenders',
  'networks',
] as const;
export type SoakPartName = (typeof SOAK_PARTS)[number];

export interface SoakOptions {
  readonly parts: readonly SoakPartName[];
  /** Of HTTP/1.1, through targets that come and go. */
  readonly requests: number;
  /** Of gRPC, the same. */
  readonly calls: number;
  /** How long the streams live. */
  readonly minutes: number;
  /** Of each body, in units of 10^9 bytes. */
  readonly gigabytes: number;
  /** Of each measurement beside an offender. */
  readonly seconds: number;
  /** Measurements with and without each offender, and lives of networks; absent: as each has it. */
  readonly rounds: number | undefined;
  /** Only offences whose names contain this. */
  readonly offence: string;
  readonly seed: number;
}

export const SOAK_USAGE = `usage: npm run soak -- [options]

Ends with exit code 0 only when all of it held. Takes half an hour.

  --only LIST       of ${SOAK_PARTS.join(', ')}; with commas between
  --requests N      HTTP/1.1 requests while targets are replaced, crash and fail their health checks (1000000)
  --calls N         gRPC calls while targets are replaced and fail their health checks (200000)
  --minutes N       how long bidirectional streams live (10)
  --gigabytes N     size of each body (1)
  --seconds N       each measurement with and without an offender (5)
  --rounds N        of those, for each offender (3); lives of VPCs as network namespaces (20)
  --offence TEXT    only offences whose names contain the text
  --seed N          of what befalls the targets (1)`;

/** @throws Error naming the option that cannot be used. */
export const parseSoakOptions = (argv: readonly string[]): SoakOptions | 'help' => {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string', default: SOAK_PARTS.join(',') },
      requests: { type: 'string', default: '1000000' },
      calls: { type: 'string', default: '200000' },
      minutes: { type: 'string', default: '10' },
      gigabytes: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string' },
      offence: { type: 'string', default: '' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const positive = (flag: Exclude<keyof typeof values, 'only' | 'offence' | 'help'>): number => {
    const value = Number(values[flag]);
    if (Number.isFinite(value) && value > 0) return value;
    throw new Error(`--${flag} must be a number above 0, not \`${values[flag]}\``);
  };
  return {
    parts: values.only.split(',').map((name) => partNamed(name.trim())),
    requests: Math.ceil(positive('requests')),
    calls: Math.ceil(positive('calls')),
    minutes: positive('minutes'),
    gigabytes: positive('gigabytes'),
    seconds: positive('seconds'),
    rounds: values.rounds === undefined ? undefined : Math.ceil(positive('rounds')),
    offence: values.offence,
    seed: positive('seed'),
  };
};

const partNamed = (name: string): SoakPartName => {
  const found = SOAK_PARTS.find((part) => part === name);
  if (found === undefined) {
    throw new Error(`--only knows ${SOAK_PARTS.join(', ')}, not \`${name}\``);
  }
  return found;
};
