import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { clientHello, serverNames } from '../../src/dataplane/tls/sample-client-hello.ts';
import type { Bench } from '../bench.ts';
import { freePort } from '../free-port.ts';
import { type FlowLoadPlan, runFlowLoad } from '../load/flow-load.ts';
import { measureCpu } from '../measure-cpu.ts';
import { startPergola } from '../pergola/contenders.ts';
import { startProcess } from '../processes.ts';
import { isPresent, type Contender as RunningProxy } from '../proxies/contender.ts';
import { haproxyPassthrough } from '../proxies/haproxy.ts';
import { takeRounds } from '../rounds.ts';
import { median, overRounds } from '../statistics.ts';
import { untilAccepts } from '../until-accepts.ts';

export interface PassthroughRow {
  readonly name: string;
  readonly direction: FlowLoadPlan['direction'];
  readonly bytesPerSecond: number;
  /** The same in each round. */
  readonly bytesPerSecondOfRounds: readonly number[];
  /** CPU of 10^9 bytes. */
  readonly cpuUsPerGigabyte: number;
  /** Share of its core that the proxy used: below 0.9 client and target were the bottleneck. */
  readonly busy: number;
  readonly failed: number;
}

export interface PassthroughResults {
  readonly rows: readonly PassthroughRow[];
  /** Names of those that are not on this machine. */
  readonly absent: readonly string[];
}

export const PASSTHROUGH_PERGOLA = 'Pergola, access log on';
export const PASSTHROUGH_HAPROXY = 'HAProxy';
export const DIRECTIONS = ['to the client', 'to the target'] as const;
const CONNECTIONS = 4;
const PEERS = [
  haproxyPassthrough(PASSTHROUGH_HAPROXY),
  haproxyPassthrough('HAProxy, splice-auto', 'option splice-auto'),
];

interface Contender {
  readonly name: string;
  readonly direction: FlowLoadPlan['direction'];
  readonly proxy: RunningProxy;
}

/** What a proxy carries that reads the server name of a connection and nothing after it. */
export const benchPassthrough = async (bench: Bench): Promise<PassthroughResults> => {
  const targetPort = await startFlowTarget(bench);
  const [pergola] = await startPergola(bench, { a: targetPort }, [
    [
      PASSTHROUGH_PERGOLA,
      {
        name: 'passed-through',
        rules: 0,
        isLogged: true,
        listener: 'TLS_PASSTHROUGH',
        target: { port: targetPort, protocol: 'TCP' },
      },
    ],
  ]);
  const { host } = pergola;
  const proxies: RunningProxy[] = [pergola];
  for (const peer of PEERS.filter(isPresent)) {
    proxies.push(await peer.start(bench, { host, targetPort }));
  }
  for (const proxy of proxies) await checkPassthrough(proxy);
  const contenders = DIRECTIONS.flatMap((direction) =>
    proxies.map((proxy): Contender => ({ name: `${proxy.name}, ${direction}`, direction, proxy })),
  );
  const samples = await takeRounds(
    bench,
    contenders,
    (contender, seconds) => sample(bench, contender, seconds),
    ({ bytesPerSecond }) => `${(bytesPerSecond / 1e6).toFixed(0)} MB/s`,
  );
  for (const proxy of proxies) await proxy.stop();
  return {
    rows: [...samples].map(([{ proxy, direction }, taken]) => ({
      name: proxy.name,
      direction,
      ...overRounds(taken),
      bytesPerSecondOfRounds: taken.map((one) => one.bytesPerSecond),
    })),
    absent: PEERS.filter((peer) => !isPresent(peer)).map(({ name }) => name),
  };
};

/**
 * Throughput of Pergola beside HAProxy: the median of what it was in each round. Undefined when one of
 * them was not measured.
 */
export const throughputRatio = (
  { rows }: PassthroughResults,
  direction: FlowLoadPlan['direction'],
): number | undefined => {
  const [own, peer] = [PASSTHROUGH_PERGOLA, PASSTHROUGH_HAPROXY].map((name) =>
    rows.find((row) => row.name === name && row.direction === direction),
  );
  if (own === undefined || peer === undefined) return undefined;
  return median(
    own.bytesPerSecondOfRounds.map(
      (value, round) => value / (peer.bytesPerSecondOfRounds[round] ?? Number.NaN),
    ),
  );
};

type Sample = Omit<PassthroughRow, 'name' | 'direction' | 'bytesPerSecondOfRounds'>;

const sample = async (
  bench: Bench,
  { direction, proxy }: Contender,
  seconds: number,
): Promise<Sample> => {
  const { port, host } = proxy;
  const { cpuUs, busy, result } = await measureCpu(proxy.pids(), () =>
    runFlowLoad(bench.cleanup, { port, host, direction, connections: CONNECTIONS, seconds }),
  );
  const { bytes, bytesPerSecond, failed } = result;
  return { bytesPerSecond, cpuUsPerGigabyte: cpuUs / (bytes / 1e9), busy, failed };
};

/** Whether the server name decides. @throws when it does not */
const checkPassthrough = async ({ name, port, host }: RunningProxy): Promise<void> => {
  const isServed = (serverName: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      // An alert of TLS is an answer, too.
      socket.once('data', (chunk) => {
        resolve(chunk.includes('flow'));
        socket.destroy();
      });
      socket.once('close', () => resolve(false));
      socket.on('error', () => {});
      socket.write(clientHello(serverNames(serverName)));
      socket.write('D');
    });
  if (!(await isServed(host))) throw new Error(`${name} does not pass ${host} through`);
  if (await isServed('other.test')) throw new Error(`${name} passes everything through`);
};

const TARGET = fileURLToPath(new URL('../target/flow-target.ts', import.meta.url));

const startFlowTarget = async (bench: Bench): Promise<number> => {
  const port = await freePort();
  const running = startProcess(bench.cleanup, process.execPath, [TARGET, String(port)]);
  await untilAccepts('the target', port, running);
  return port;
};
