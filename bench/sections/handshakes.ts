import type { Bench } from '../bench.ts';
import { type HandshakeLoadPlan, runHandshakeLoad } from '../load/handshake-load.ts';
import { measureCpu } from '../measure-cpu.ts';
import { startPergola } from '../pergola/contenders.ts';
import { isPresent, type Contender as RunningProxy } from '../proxies/contender.ts';
import { haproxy } from '../proxies/haproxy.ts';
import { nginx } from '../proxies/nginx.ts';
import { peerCertificate } from '../proxies/peer-certificate.ts';
import { takeRounds } from '../rounds.ts';
import { overRounds } from '../statistics.ts';
import type { Target } from '../target/target.ts';

export interface HandshakeRow {
  readonly name: string;
  readonly version: HandshakeLoadPlan['version'];
  readonly isResumed: boolean;
  readonly handshakesPerSecond: number;
  /** Of one handshake, with its connection. */
  readonly cpuUs: number;
  /** Share of its core that the proxy used: below 0.9 the clients were the bottleneck. */
  readonly busy: number;
  readonly failed: number;
}

export interface HandshakeResults {
  readonly rows: readonly HandshakeRow[];
  /** Names of those that are not on this machine. */
  readonly absent: readonly string[];
}

const PARALLEL = 32;
const KINDS = [
  { version: 'TLSv1.2', isResumed: false },
  { version: 'TLSv1.2', isResumed: true },
  { version: 'TLSv1.3', isResumed: false },
  { version: 'TLSv1.3', isResumed: true },
] as const;

interface Contender extends Pick<HandshakeRow, 'version' | 'isResumed'> {
  readonly name: string;
  readonly proxy: RunningProxy;
}

/** Handshakes of clients that trust nobody's ticket but their own: new ones, and with a ticket. */
export const benchHandshakes = async (bench: Bench, target: Target): Promise<HandshakeResults> => {
  const [pergola] = await startPergola(bench, target, [
    ['Pergola', { name: 'secure', rules: 1, isLogged: true, listener: 'HTTPS' }],
  ]);
  const { host } = pergola;
  const proxies: RunningProxy[] = [pergola];
  const certificateFile = await peerCertificate(bench.folder, host);
  const peers = [
    haproxy('HAProxy', {
      accepts: `ssl crt ${certificateFile} alpn h2,http/1.1 ssl-min-ver TLSv1.2`,
    }),
    nginx('nginx', { accepts: 'ssl http2', certificateFile }),
  ];
  for (const peer of peers.filter(isPresent)) {
    proxies.push(await peer.start(bench, { host, targetPort: target.a }));
  }
  const contenders = KINDS.flatMap(({ version, isResumed }) =>
    proxies.map(
      (proxy): Contender => ({
        name: `${proxy.name}, ${version}${isResumed ? ', resumed' : ''}`,
        version,
        isResumed,
        proxy,
      }),
    ),
  );
  const samples = await takeRounds(
    bench,
    contenders,
    (contender, seconds) => sample(bench, contender, seconds),
    ({ cpuUs }) => `${cpuUs.toFixed(0)} µs CPU`,
  );
  for (const proxy of proxies) await proxy.stop();
  return {
    rows: [...samples].map(([{ proxy, version, isResumed }, taken]) => ({
      name: proxy.name,
      version,
      isResumed,
      ...overRounds(taken),
    })),
    absent: peers.filter((peer) => !isPresent(peer)).map(({ name }) => name),
  };
};

type Sample = Omit<HandshakeRow, 'name' | 'version' | 'isResumed'>;

const sample = async (
  bench: Bench,
  { name, proxy, version, isResumed }: Contender,
  seconds: number,
): Promise<Sample> => {
  const { port, host } = proxy;
  const { cpuUs, busy, result } = await measureCpu(proxy.pids(), () =>
    runHandshakeLoad(bench.cleanup, {
      ...{ port, host, version, isResumed, parallel: PARALLEL, seconds },
    }),
  );
  const { handshakes, handshakesPerSecond, failed, reason } = result;
  if (reason !== undefined) bench.say(`${name}: ${failed} handshakes failed: ${reason}`);
  return { handshakesPerSecond, cpuUs: cpuUs / handshakes, busy, failed };
};
