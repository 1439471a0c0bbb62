import type { Bench } from '../bench.ts';
import {
  type LoadedFolder,
  type LoadedService,
  loadFolder,
  spread,
} from '../pergola/data-folder.ts';
import type { Folders } from '../pergola/folders.ts';
import { type Instance, startInstance } from '../pergola/instance.ts';
import { measureRoutes } from '../pergola/route-task.ts';
import { cpuMicroseconds } from '../proc.ts';
import { median } from '../statistics.ts';
import type { Target } from '../target/target.ts';

export interface GrowthRow {
  /** Services, or rules of a listener. */
  readonly count: number;
  /** CPU time of the worker for a request that is proxied; always with the same number of services asked for. */
  readonly cpuUs: number;
  /** Time of one decision, the same few services being asked for in turn. */
  readonly routeNs: number;
  /** The same with all services being asked for in turn; undefined for rules. */
  readonly routeAllNs: number | undefined;
  readonly failed: number;
}

export interface GrowthResults {
  readonly services: readonly GrowthRow[];
  readonly rules: readonly GrowthRow[];
}

const CONNECTIONS = 64;
const PATH = '/api/items/42';
const ASKED_SERVICES = 10;
const RULE_COUNTS = [10, 100, 1_000];

/** One number of services or rules, ready to be measured. */
interface Candidate {
  readonly count: number;
  readonly port: number;
  readonly workers: readonly number[];
  readonly hosts: readonly string[];
  readonly routeNs: number;
  readonly routeAllNs: number | undefined;
}

export const benchGrowth = async (
  bench: Bench,
  target: Target,
  folders: Folders,
): Promise<GrowthResults> => ({
  services: await benchServices(bench, folders),
  rules: await benchRules(bench, target),
});

const benchServices = async (bench: Bench, folders: Folders): Promise<readonly GrowthRow[]> => {
  const counts = bench.options.quick ? [10, 1_000] : [10, 100, 1_000, 10_000];
  const candidates: Candidate[] = [];
  const instances: Instance[] = [];
  for (const count of counts) {
    const folder = await folders.withServices(count);
    const all = folder.services.map(({ host }) => host);
    const hosts = spread(all, ASKED_SERVICES);
    bench.say(`measuring route choice with ${count} services`);
    const [routeNs = Number.NaN, routeAllNs] = await measureRoutes(bench, folder, [hosts, all]);
    const instance = await start(bench, folder);
    instances.push(instance);
    candidates.push({
      ...placeOf(instance, folder.services[0]),
      count,
      hosts,
      routeNs,
      routeAllNs,
    });
  }
  const rows = await measure(bench, 'services', candidates);
  for (const instance of instances) await instance.stop();
  return rows;
};

const benchRules = async (bench: Bench, target: Target): Promise<readonly GrowthRow[]> => {
  const folder = await loadFolder(
    bench,
    target,
    RULE_COUNTS.map((rules) => ({ name: `rules-${String(rules).padStart(5, '0')}`, rules })),
  );
  bench.say('measuring route choice with many rules');
  const hostSets = folder.services.map(({ host }) => [host]);
  const routes = await measureRoutes(bench, folder, hostSets);
  const instance = await start(bench, folder);
  const rows = await measure(
    bench,
    'rules',
    RULE_COUNTS.map((count, i) => ({
      ...placeOf(instance, folder.services[i]),
      count,
      hosts: hostSets[i] ?? [],
      routeNs: routes[i] ?? Number.NaN,
      routeAllNs: undefined,
    })),
  );
  await instance.stop();
  return rows;
};

const start = (bench: Bench, { dataDir }: LoadedFolder): Promise<Instance> =>
  startInstance(bench, { dataDir, cores: bench.cores.proxy, workers: 1 });

const placeOf = (instance: Instance, service: LoadedService | undefined) => ({
  port: instance.portals.get(service?.vpcId ?? '') as number,
  workers: instance.workerPids(),
});

const measure = async (
  bench: Bench,
  what: string,
  candidates: readonly Candidate[],
): Promise<readonly GrowthRow[]> => {
  const { rounds, seconds } = bench.options;
  const samples = new Map<Candidate, { cpuUs: number; failed: number }[]>(
    candidates.map((candidate) => [candidate, []]),
  );
  // The first round warms up, and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    for (const candidate of candidates) {
      const taken = await sample(bench, candidate, round === 0 ? 2 * seconds : seconds);
      if (round === 0) continue;
      samples.get(candidate)?.push(taken);
      bench.say(
        `round ${round} of ${rounds}: ${candidate.count} ${what} ${taken.cpuUs.toFixed(1)} µs CPU`,
      );
    }
  }
  return [...samples].map(([{ count, routeNs, routeAllNs }, taken]) => ({
    count,
    routeNs,
    routeAllNs,
    cpuUs: median(taken.map(({ cpuUs }) => cpuUs)),
    failed: taken.reduce((sum, { failed }) => sum + failed, 0),
  }));
};

const sample = async (bench: Bench, { port, workers, hosts }: Candidate, seconds: number) => {
  const before = cpuMicroseconds(workers);
  const { requests, failed } = await bench.load.run({
    port,
    requests: hosts.map((host) => ({ host, path: PATH })),
    connections: CONNECTIONS,
    seconds,
  });
  return { cpuUs: (cpuMicroseconds(workers) - before) / requests, failed };
};
