import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { freePort } from '../free-port.ts';
import { callUnary } from '../grpc/call-unary.ts';
import { grpcMessage } from '../grpc/grpc-messages.ts';
import { runStreamLoad } from '../grpc/stream-load.ts';
import { runH2load } from '../load/h2load.ts';
import { measureCpu } from '../measure-cpu.ts';
import { startPergola } from '../pergola/contenders.ts';
import { findOnPath, startProcess } from '../processes.ts';
import { isPresent, type Peer, type Contender as RunningProxy } from '../proxies/contender.ts';
import { haproxy } from '../proxies/haproxy.ts';
import { nginx } from '../proxies/nginx.ts';
import { takeRounds } from '../rounds.ts';
import { overRounds } from '../statistics.ts';
import { untilAccepts } from '../until-accepts.ts';

export interface GrpcRow {
  readonly name: string;
  readonly kind: 'unary' | 'streaming';
  /** Calls, or messages on streams: each goes both ways. */
  readonly perSecond: number;
  /** Of one of those. */
  readonly cpuUs: number;
  /** Share of its core that the proxy used: below 0.9 something else was the bottleneck. */
  readonly busy: number;
  readonly failed: number;
}

export interface GrpcResults {
  readonly rows: readonly GrpcRow[];
  /** What was left out, and why. */
  readonly absent: readonly string[];
}

const CONNECTIONS = 8;
const STREAMS = 16;
const MESSAGE_BYTES = 100;
const PATH = '/api/Echo';
const PEERS: readonly Peer[] = [
  haproxy('HAProxy', { accepts: 'proto h2', dials: 'proto h2' }),
  nginx('nginx', { accepts: 'http2', dials: 'grpc' }),
];

interface Contender {
  readonly name: string;
  readonly kind: GrpcRow['kind'];
  readonly proxy: RunningProxy;
}

/** gRPC with prior knowledge on both sides, to a target that sends back what it gets. */
export const benchGrpc = async (bench: Bench): Promise<GrpcResults> => {
  const targetPort = await startEcho(bench);
  const plan = { name: 'grpc', rules: 1, isLogged: true } as const;
  const [pergola] = await startPergola(bench, { a: targetPort }, [
    ['Pergola, access log on', { ...plan, target: { port: targetPort, version: 'GRPC' } }],
  ]);
  const { host } = pergola;
  const proxies: RunningProxy[] = [pergola];
  for (const peer of PEERS.filter(isPresent)) {
    proxies.push(await peer.start(bench, { host, targetPort }));
  }
  for (const proxy of proxies) await checkGrpc(proxy);
  const hasH2load = findOnPath('h2load') !== undefined;
  const kinds: readonly GrpcRow['kind'][] = hasH2load ? ['unary', 'streaming'] : ['streaming'];
  const contenders = kinds.flatMap((kind) =>
    proxies.map((proxy): Contender => ({ name: `${proxy.name}, ${kind}`, kind, proxy })),
  );
  const message = join(bench.folder.make('grpc'), 'message');
  writeFileSync(message, grpcMessage(Buffer.alloc(MESSAGE_BYTES, 'm')));
  const samples = await takeRounds(
    bench,
    contenders,
    (contender, seconds) => sample(bench, contender, message, seconds),
    ({ cpuUs }) => `${cpuUs.toFixed(1)} µs CPU`,
  );
  for (const proxy of proxies) await proxy.stop();
  return {
    rows: [...samples].map(([{ name, kind }, taken]) => ({
      ...overRounds(taken),
      name,
      kind,
    })),
    absent: [
      ...PEERS.filter((peer) => !isPresent(peer)).map(({ name }) => name),
      ...(hasH2load ? [] : ['h2load, which makes the unary calls']),
    ],
  };
};

type Sample = Omit<GrpcRow, 'name' | 'kind'>;

const sample = async (
  bench: Bench,
  { kind, proxy }: Contender,
  message: string,
  seconds: number,
): Promise<Sample> => {
  const { port, host } = proxy;
  const load = { port, host, path: PATH, connections: CONNECTIONS, streams: STREAMS, seconds };
  const run =
    kind === 'unary'
      ? async () => {
          const { requests, requestsPerSecond, failed } = await runH2load(bench, {
            ...load,
            headers: { 'content-type': 'application/grpc', te: 'trailers' },
            bodyFile: message,
          });
          return { count: requests, perSecond: requestsPerSecond, failed };
        }
      : async () => {
          const plan = { ...load, messageBytes: MESSAGE_BYTES };
          const result = await runStreamLoad(bench.cleanup, plan);
          const { messages, messagesPerSecond, failed } = result;
          return { count: messages, perSecond: messagesPerSecond, failed };
        };
  const { cpuUs, busy, result } = await measureCpu(proxy.pids(), run);
  const { count, perSecond, failed } = result;
  return { perSecond, cpuUs: cpuUs / count, busy, failed };
};

/** Nobody is fast by losing the message or the trailers. @throws with what is missing */
const checkGrpc = async ({ name, port, host }: RunningProxy): Promise<void> => {
  const payload = Buffer.from('are you there?');
  const { grpcStatus, messages } = await callUnary({ port, host, path: PATH }, payload);
  const [message] = messages;
  if (grpcStatus !== '0' || messages.length !== 1 || !message?.equals(payload)) {
    throw new Error(`${name} does not do gRPC: status ${grpcStatus}, ${messages.length} messages`);
  }
};

const TARGET = fileURLToPath(new URL('../grpc/echo-target.ts', import.meta.url));

const startEcho = async (bench: Bench): Promise<number> => {
  const port = await freePort();
  const running = startProcess(bench.cleanup, process.execPath, [TARGET, String(port)]);
  await untilAccepts('the gRPC target', port, running);
  return port;
};
