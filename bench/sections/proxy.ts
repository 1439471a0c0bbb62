import type { Bench } from '../bench.ts';
import { measureCpu } from '../measure-cpu.ts';
import { startPergola } from '../pergola/contenders.ts';
import { CADDY } from '../proxies/caddy.ts';
import { checkProxy } from '../proxies/check-proxy.ts';
import { type Contender, isPresent, type Peer } from '../proxies/contender.ts';
import { HAPROXY } from '../proxies/haproxy.ts';
import { NGINX, NGINX_LOGGING } from '../proxies/nginx.ts';
import { HTTP_PROXY, UNDICI } from '../proxies/node-peers.ts';
import { takeRounds } from '../rounds.ts';
import { median, overRounds } from '../statistics.ts';
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
  // Two services, which differ in nothing but the log.
  const pergola = await startPergola(bench, target, [
    [PERGOLA, { name: 'service-logged', rules: 1, isLogged: true }],
    [PERGOLA_SILENT, { name: 'service-silent', rules: 1 }],
  ]);
  const [{ host }] = pergola;
  const proxies = [...pergola];
  for (const peer of PEERS.filter(isPresent)) {
    proxies.push(await peer.start(bench, { host, targetPort: target.a }));
  }
  for (const proxy of proxies) await checkProxy(proxy);
  const samples = await takeRounds(
    bench,
    proxies,
    async (proxy, seconds) => {
      await sample(bench, proxy, 1);
      return sample(bench, proxy, seconds);
    },
    ({ cpuUs }) => `${cpuUs.toFixed(1)} µs CPU`,
  );
  for (const proxy of proxies) await proxy.stop();
  return {
    rows: [...samples].map(([{ name }, taken]) => toRow(name, taken)),
    absent: PEERS.filter((peer) => !isPresent(peer)).map(({ name }) => name),
    target: target.program,
    load: bench.load.name,
  };
};

const sample = async (bench: Bench, proxy: Contender, seconds: number): Promise<Sample> => {
  const { cpuUs, busy, result } = await measureCpu(proxy.pids(), () =>
    bench.load.run({
      port: proxy.port,
      requests: [{ host: proxy.host, path: PATH }],
      connections: CONNECTIONS,
      seconds,
    }),
  );
  return { ...result, cpuUs: cpuUs / result.requests, busy };
};

const toRow = (name: string, samples: readonly Sample[]): ProxyRow => ({
  ...overRounds(samples),
  name,
  cpuUsOfRounds: samples.map((one) => one.cpuUs),
});

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
