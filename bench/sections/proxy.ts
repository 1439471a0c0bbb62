import type { Bench } from '../bench.ts';
import { loadFolder } from '../pergola/data-folder.ts';
import { startInstance } from '../pergola/instance.ts';
import { cpuMicroseconds } from '../proc.ts';
import { findOnPath } from '../processes.ts';
import { CADDY } from '../proxies/caddy.ts';
import { checkProxy } from '../proxies/check-proxy.ts';
import type { Contender, Peer } from '../proxies/contender.ts';
import { HAPROXY } from '../proxies/haproxy.ts';
import { NGINX, NGINX_LOGGING } from '../proxies/nginx.ts';
import { HTTP_PROXY, UNDICI } from '../proxies/node-peers.ts';
import { median } from '../statistics.ts';
import type { Target } from '../target/target.ts';

export interface ProxyRow {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly cpuUs: number;
  /** The same in each round. */
  readonly cpuUsOfRounds: readonly number[];
  /** Share of its core that the proxy used: below 0.9 something else was the bottleneck. */
  readonly busy: number;
  readonly failed: number;
}

export interface ProxyResults {
  readonly rows: readonly ProxyRow[];
  /** Names of those that are not on this machine. */
  readonly absent: readonly string[];
  readonly target: Target['program'];
  readonly load: string;
}

export const PERGOLA = 'Pergola, access log on';
const PERGOLA_SILENT = 'Pergola, no access log';
const PEERS: readonly Peer[] = [HAPROXY, NGINX, NGINX_LOGGING, UNDICI, HTTP_PROXY, CADDY];
const CONNECTIONS = 64;
const PATH = '/api/items/42';

interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly cpuUs: number;
  readonly busy: number;
  readonly failed: number;
}

/** The same work through Pergola and its peers, one after the other in each round. */
export const benchProxies = async (bench: Bench, target: Target): Promise<ProxyResults> => {
  const { options, say } = bench;
  const proxies = [...(await startPergola(bench, target))];
  const { host } = proxies[0] as Contender;
  const absent: string[] = [];
  for (const peer of PEERS) {
    if (peer.program !== undefined && findOnPath(peer.program) === undefined) {
      absent.push(peer.name);
    } else {
      proxies.push(await peer.start(bench, { host, target }));
    }
  }
  for (const proxy of proxies) await checkProxy(proxy);
  for (const proxy of proxies) {
    say(`warming up ${proxy.name}`);
    await sample(bench, proxy, 2 * options.seconds);
  }
  const samples = new Map<Contender, Sample[]>(proxies.map((proxy) => [proxy, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    // Whoever comes after a hard one may find a hot machine: the order is another in each round.
    for (const proxy of rotated(proxies, round)) {
      await sample(bench, proxy, 1);
      const taken = await sample(bench, proxy, options.seconds);
      samples.get(proxy)?.push(taken);
      say(
        `round ${round + 1} of ${options.rounds}: ${proxy.name} ${taken.cpuUs.toFixed(1)} µs CPU`,
      );
    }
  }
  for (const proxy of proxies) await proxy.stop();
  return {
    rows: [...samples].map(([{ name }, taken]) => toRow(name, taken)),
    absent,
    target: target.program,
    load: bench.load.name,
  };
};

/** One instance with two services, which differ in nothing but the log. */
const startPergola = async (bench: Bench, target: Target): Promise<readonly Contender[]> => {
  const { dataDir, services } = await loadFolder(bench, target, [
    { name: 'service-logged', rules: 1, isLogged: true },
    { name: 'service-silent', rules: 1 },
  ]);
  const instance = await startInstance(bench, { dataDir, cores: bench.cores.proxy, workers: 1 });
  const pids = instance.workerPids();
  return services.map(({ host, vpcId }, i) => ({
    name: i === 0 ? PERGOLA : PERGOLA_SILENT,
    port: instance.portals.get(vpcId) as number,
    host,
    idHeader: 'x-amzn-requestid',
    pids: () => pids,
    stop: instance.stop,
  }));
};

const sample = async (bench: Bench, proxy: Contender, seconds: number): Promise<Sample> => {
  const pids = proxy.pids();
  const start = performance.now();
  const before = cpuMicroseconds(pids);
  const result = await bench.load.run({
    port: proxy.port,
    requests: [{ host: proxy.host, path: PATH }],
    connections: CONNECTIONS,
    seconds,
  });
  const cpu = cpuMicroseconds(pids) - before;
  const { requestsPerSecond, p50Us, p99Us, requests, failed } = result;
  return {
    requestsPerSecond,
    p50Us,
    p99Us,
    cpuUs: cpu / requests,
    busy: cpu / 1000 / (performance.now() - start),
    failed,
  };
};

const rotated = <T>(items: readonly T[], by: number): readonly T[] => {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
};

const toRow = (name: string, samples: readonly Sample[]): ProxyRow => {
  const of = (pick: (one: Sample) => number) => median(samples.map(pick));
  return {
    name,
    requestsPerSecond: of((one) => one.requestsPerSecond),
    p50Us: of((one) => one.p50Us),
    p99Us: of((one) => one.p99Us),
    cpuUs: of((one) => one.cpuUs),
    cpuUsOfRounds: samples.map((one) => one.cpuUs),
    busy: of((one) => one.busy),
    failed: samples.reduce((sum, one) => sum + one.failed, 0),
  };
};

/**
 * CPU time a request of one beside that of another: the median of what it was in each round, since
 * a machine is not the same all the time. Undefined when one of them was not measured.
 */
export const cpuRatio = (
  { rows }: ProxyResults,
  name: string,
  peer: string,
): number | undefined => {
  const [own, other] = [name, peer].map((wanted) => rows.find((row) => row.name === wanted));
  if (own === undefined || other === undefined) return undefined;
  return median(
    own.cpuUsOfRounds.map((cpuUs, round) => cpuUs / (other.cpuUsOfRounds[round] ?? Number.NaN)),
  );
};
