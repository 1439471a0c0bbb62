import type { NamespaceEntry } from '../../src/underlay/netns/namespace-entry.ts';
import type { UnderlayName } from '../../src/underlay/underlay.ts';
import type { Bench } from '../bench.ts';
import { measureCpu } from '../measure-cpu.ts';
import { copyFolder, type LoadedFolder, loadFolder } from '../pergola/data-folder.ts';
import { type Inhabitants, inhabitFolder } from '../pergola/inhabit-folder.ts';
import { startInstance } from '../pergola/instance.ts';
import { checkProxy } from '../proxies/check-proxy.ts';
import { type HttpContender, isPresent } from '../proxies/contender.ts';
import { HAPROXY } from '../proxies/haproxy.ts';
import { takeRounds } from '../rounds.ts';
import { median, overRounds } from '../statistics.ts';
import { startTarget, type Target } from '../target/target.ts';
import { LAST_PATH } from '../target/target-facts.ts';
import { placesOf } from './places-of.ts';
import { makeRoutedLab } from './routed-lab.ts';

/** What a proxy does: whether with connections to the target that are kept, or with one for each request. */
export interface CrossingRow {
  readonly proxy: ProxyName;
  readonly isAcross: boolean;
  readonly requestsPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly cpuUs: number;
  /** Share of its core that the proxy used. */
  readonly busy: number;
  readonly failed: number;
  /** Beside loopback in the same round, medians: CPU a request, and the time of a request in the middle. */
  readonly cpuRatio: number;
  readonly moreUs: number;
}

export interface CrossingResults {
  /** 64 connections, all kept. */
  readonly kept: readonly CrossingRow[];
  /** One request at a time, each on a new connection to the target. */
  readonly fresh: readonly CrossingRow[];
}

type ProxyName = 'Pergola' | 'HAProxy';
type Way = 'kept' | 'fresh';

const WAYS = {
  kept: { connections: 64, path: '/api/items/42' },
  fresh: { connections: 1, path: LAST_PATH },
} as const satisfies Record<Way, object>;

interface Crossing {
  readonly proxy: ProxyName;
  readonly isAcross: boolean;
  readonly contender: HttpContender;
}

type Sample = Pick<
  CrossingRow,
  'requestsPerSecond' | 'p50Us' | 'p99Us' | 'cpuUs' | 'busy' | 'failed'
>;

/**
 * Pergola between two VPCs and HAProxy between two namespaces, each beside itself on loopback: what
 * networks cost the kernel cannot be told from what we make of them otherwise.
 */
export const measureCrossing = async (
  bench: Bench,
  target: Target,
  entry: NamespaceEntry,
): Promise<CrossingResults> => {
  const crossings = [
    ...(await startPergolas(bench, target, entry)),
    ...(isPresent(HAPROXY) ? await startHaproxies(bench, target, entry) : []),
  ];
  for (const { contender } of crossings) await checkProxy(contender);
  const kept = await measure(bench, crossings, 'kept');
  const fresh = await measure(bench, crossings, 'fresh');
  for (const { contender } of crossings) await contender.stop();
  return { kept, fresh };
};

const startPergolas = async (
  bench: Bench,
  target: Target,
  entry: NamespaceEntry,
): Promise<readonly Crossing[]> => {
  const folder = await loadFolder(bench, target, [{ name: 'service', rules: 1, isLogged: true }]);
  const inhabitants = await inhabitFolder(folder);
  const start = (underlay: UnderlayName) =>
    startPergola(bench, entry, copyFolder(bench, folder), inhabitants, target, underlay);
  return [
    { proxy: 'Pergola', isAcross: false, contender: await start('loopback') },
    { proxy: 'Pergola', isAcross: true, contender: await start('netns') },
  ];
};

const startPergola = async (
  bench: Bench,
  entry: NamespaceEntry,
  { dataDir, services }: LoadedFolder,
  inhabitants: Inhabitants,
  ports: Target,
  underlay: UnderlayName,
): Promise<HttpContender> => {
  const instance = await startInstance(bench, {
    dataDir,
    cores: bench.cores.proxy,
    workers: 1,
    underlay,
  });
  const pids = instance.workerPids();
  const common = {
    name: `Pergola, ${underlay}`,
    host: services[0]?.host ?? '',
    idHeader: 'x-amzn-requestid',
    pids: () => pids,
    stop: instance.stop,
  };
  if (underlay === 'loopback') {
    return { ...common, port: instance.portals.get(inhabitants.clientVpcId) as number };
  }
  const { target, approach } = placesOf(entry, dataDir, inhabitants);
  await startTarget(bench, { place: target, ports });
  return { ...common, port: 80, approach };
};

const startHaproxies = async (
  bench: Bench,
  target: Target,
  entry: NamespaceEntry,
): Promise<readonly Crossing[]> => {
  const lab = await makeRoutedLab(bench.cleanup, entry);
  await startTarget(bench, { place: lab.target, ports: target });
  const task = { host: 'service.bench.example', targetPort: target.a };
  const approach = { from: lab.client, address: lab.proxy.address };
  const inside = { at: lab.proxy, targetAddress: lab.target.address, approach };
  return [
    { proxy: 'HAProxy', isAcross: false, contender: await HAPROXY.start(bench, task) },
    {
      proxy: 'HAProxy',
      isAcross: true,
      contender: await HAPROXY.start(bench, { ...task, inside }),
    },
  ];
};

const measure = async (
  bench: Bench,
  crossings: readonly Crossing[],
  way: Way,
): Promise<readonly CrossingRow[]> => {
  const named = crossings.map((crossing) => ({ ...crossing, name: nameOf(crossing, way) }));
  const samples = await takeRounds(
    bench,
    named,
    ({ contender }, seconds) => sample(bench, contender, way, seconds),
    ({ cpuUs, p50Us }) => `${cpuUs.toFixed(1)} µs CPU, p50 ${p50Us.toFixed(0)} µs`,
  );
  return named.map((crossing) => {
    const taken = samples.get(crossing) ?? [];
    const beside = named.find(({ proxy, isAcross }) => proxy === crossing.proxy && !isAcross);
    const local = (beside && samples.get(beside)) ?? [];
    const overPairs = (compare: (own: Sample, other: Sample) => number) =>
      median(taken.map((one, round) => compare(one, local[round] ?? one)));
    return {
      ...overRounds(taken),
      proxy: crossing.proxy,
      isAcross: crossing.isAcross,
      cpuRatio: overPairs((own, other) => own.cpuUs / other.cpuUs),
      moreUs: overPairs((own, other) => own.p50Us - other.p50Us),
    };
  });
};

const nameOf = ({ proxy, isAcross }: Crossing, way: Way): string =>
  `${proxy} ${isAcross ? 'across namespaces' : 'on loopback'}, target's connections ${way}`;

const sample = async (
  bench: Bench,
  { port, host, approach, pids }: HttpContender,
  way: Way,
  seconds: number,
): Promise<Sample> => {
  const { connections, path } = WAYS[way];
  const { cpuUs, busy, result } = await measureCpu(pids(), () =>
    bench.load.run({ port, approach, requests: [{ host, path }], connections, seconds }),
  );
  const { requests, requestsPerSecond, p50Us, p99Us, failed } = result;
  return { requestsPerSecond, p50Us, p99Us, cpuUs: cpuUs / requests, busy, failed };
};
