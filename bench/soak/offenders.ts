import { setTimeout as pause } from 'node:timers/promises';
import { megabytes, ms, percent, thousands, times } from '../format.ts';
import { chooseCores } from '../machine.ts';
import { measureCpu } from '../measure-cpu.ts';
import { renderText } from '../render.ts';
import { median } from '../statistics.ts';
import { startBodyTarget } from './body-target.ts';
import { MemoryWatch } from './memory-watch.ts';
import { OFFENCES } from './offences.ts';
import { LOWEST_PRIORITY, type OffenderResult, runOffender } from './offender.ts';
import { type OneWorker, startOneWorker } from './one-worker.ts';
import type { Soak } from './soak.ts';
import { SteadyClient, type SteadyResult } from './steady-client.ts';

/** How much more a percentile of others may be beside an offender. */
const MOST_HARM = 4 / 3;
/** Between two measurements, so that what the one leaves behind is not seen by the other. */
const SETTLE_MS = 500;
const SAMPLE_EVERY_MS = 100;

interface Measurement extends SteadyResult {
  /** Share of its core that the worker used: of all figures the one that other programs disturb least. */
  readonly busy: number;
}

interface Harm {
  readonly offence: string;
  readonly quiet: readonly Measurement[];
  readonly offended: readonly Measurement[];
  readonly offenders: readonly OffenderResult[];
  /** Most that the worker took. */
  readonly rss: number;
}

/**
 * A steady client beside one offender after the other, all with the same worker. Holds when its p99 is at
 * most a third above what it is without the offender, none of its requests fails, and the worker lives.
 */
export const soakBesideOffenders = async (soak: Soak): Promise<boolean> => {
  const { options, cleanup, say } = soak;
  const cores = await chooseCores(cleanup);
  const target = await startBodyTarget(soak);
  // What offenders have the proxy ask of a target is no work of the others' target.
  const offended = await startBodyTarget(soak, LOWEST_PRIORITY);
  const worker = await startOneWorker(
    soak,
    [
      { name: 'http1', rules: 1, isLogged: true, target: { port: target.http1 } },
      { name: 'http2', rules: 1, isLogged: true, target: { port: target.http2, version: 'HTTP2' } },
      {
        name: 'offended',
        rules: 1,
        isLogged: true,
        target: { port: offended.http2, version: 'HTTP2' },
      },
    ],
    { cores: cores.proxy },
  );
  const [http1Host = '', http2Host = '', host = ''] = worker.services.map(({ host }) => host);
  const client = new SteadyClient({ port: worker.portal, http1Host, http2Host });
  say('warming up');
  await client.measure(2 * options.seconds);
  const harms: Harm[] = [];
  for (const { name } of OFFENCES.filter(({ name }) => name.includes(options.offence))) {
    const harm = await measureHarm(soak, worker, client, name, host);
    harms.push(harm);
    say(toRow(harm).join(', '));
    if (!worker.isAlive()) {
      say('the worker has died');
      return false;
    }
  }
  client.close();
  await worker.stop();
  say(
    `\n${renderText({
      title: 'Others beside an offender',
      head: HEAD,
      rows: harms.map(toRow),
      notes: [
        `p99 of 500 requests a second, half of them over HTTP/2, medians of ${roundsOf(soak)} measurements of ${options.seconds} s, with and without the offender in turn; quiet range: the least and the most without. One worker on a core of its own; clients and target share the other one with the offender and a target of its own, which have the lowest priority.`,
        'Cut off: connections that Pergola ended, of those that were made; each comes back after a quarter of a second. Noisy: without an offender p99 varied by more than a third by itself, so that the verdict says little.',
      ],
    })}`,
  );
  return harms.every(isHarmless);
};

const roundsOf = ({ options }: Soak): number => options.rounds ?? 3;

const measureHarm = async (
  soak: Soak,
  { portal: port, workerPid }: OneWorker,
  client: SteadyClient,
  offence: string,
  host: string,
): Promise<Harm> => {
  const { options, cleanup } = soak;
  const { seconds } = options;
  const quiet: Measurement[] = [];
  const offended: Measurement[] = [];
  const measure = async (): Promise<Measurement> => {
    const { busy, result } = await measureCpu([workerPid], () => client.measure(seconds));
    return { ...result, busy };
  };
  const offenders: OffenderResult[] = [];
  let rss = 0;
  for (let round = 0; round < roundsOf(soak); round++) {
    await pause(SETTLE_MS);
    quiet.push(await measure());
    const watch = new MemoryWatch(workerPid, SAMPLE_EVERY_MS);
    // From a little earlier on to a little later, its start included.
    const offender = runOffender(cleanup, { port, host, offence, seconds: seconds + 1 });
    await pause(SETTLE_MS);
    offended.push(await measure());
    offenders.push(await offender);
    watch.stop();
    rss = Math.max(rss, watch.highest());
  }
  return { offence, quiet, offended, offenders, rss };
};

const p99Of = (results: readonly SteadyResult[]): number =>
  median(results.map(({ p99Ms }) => p99Ms));

const failuresOf = ({ quiet, offended }: Harm): number =>
  [...quiet, ...offended].reduce((sum, { failed }) => sum + failed, 0);

const isHarmless = (harm: Harm): boolean =>
  p99Of(harm.offended) <= MOST_HARM * p99Of(harm.quiet) && failuresOf(harm) === 0;

const HEAD = [
  'offence',
  'cut off',
  'sent',
  'quiet p99',
  'quiet range',
  'p99 beside it',
  'of quiet',
  'quiet core used',
  'beside it',
  'failed',
  'RSS',
  '',
];

const toRow = (harm: Harm): readonly string[] => {
  const { offence, quiet, offended, offenders, rss } = harm;
  const sum = (pick: (one: OffenderResult) => number) =>
    offenders.reduce((total, one) => total + pick(one), 0);
  const quietP99s = quiet.map(({ p99Ms }) => p99Ms);
  const [least, most] = [Math.min(...quietP99s), Math.max(...quietP99s)];
  const isNoisy = most > MOST_HARM * least;
  return [
    offence,
    `${thousands(sum(({ cutOff }) => cutOff))} of ${thousands(sum(({ connected }) => connected))}`,
    megabytes(sum(({ sentBytes }) => sentBytes)),
    ms(p99Of(quiet)),
    `${least.toFixed(2)}-${most.toFixed(2)}`,
    ms(p99Of(offended)),
    times(p99Of(offended) / p99Of(quiet)),
    percent(median(quiet.map(({ busy }) => busy))),
    percent(median(offended.map(({ busy }) => busy))),
    String(failuresOf(harm)),
    megabytes(rss),
    `${isHarmless(harm) ? 'ok' : 'TOO MUCH'}${isNoisy ? ', noisy' : ''}`,
  ];
};
