import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { freePort } from '../free-port.ts';
import { runH2load } from '../load/h2load.ts';
import { measureCpu } from '../measure-cpu.ts';
import { startPergola } from '../pergola/contenders.ts';
import { findOnPath, startProcess } from '../processes.ts';
import { type Contender, isPresent } from '../proxies/contender.ts';
import { haproxy } from '../proxies/haproxy.ts';
import { nginx, nginxFrame, nginxParameters } from '../proxies/nginx.ts';
import { takeRounds } from '../rounds.ts';
import { overRounds } from '../statistics.ts';
import type { Target } from '../target/target.ts';
import { BODY } from '../target/target-facts.ts';
import { untilAccepts } from '../until-accepts.ts';

export interface Http2Row {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly cpuUs: number;
  /** Share of its core that the proxy used: below 0.9 something else was the bottleneck. */
  readonly busy: number;
  readonly failed: number;
}

export interface Http2Results {
  readonly rows: readonly Http2Row[];
  /** What was left out because it is not on this machine. */
  readonly absent: readonly string[];
}

const TO_HTTP1 = 'Pergola, access log on, to HTTP/1.1';
const TO_HTTP2 = 'Pergola, access log on, to HTTP/2';
/** Those that the design has a number for. */
export const PERGOLA_HTTP2 = [TO_HTTP1, TO_HTTP2] as const;

const CONNECTIONS = 8;
const STREAMS = 16;
const PATH = '/api/items/42';

/** HTTP/2 with prior knowledge, to targets of both versions. nginx is the target too: without it, and without h2load, there are no rows. */
export const benchHttp2 = async (bench: Bench, target: Target): Promise<Http2Results> => {
  const lacking = ['h2load', 'nginx'].filter((program) => findOnPath(program) === undefined);
  if (lacking.length > 0) return { rows: [], absent: lacking };
  const target2 = await startHttp2Target(bench);
  const plan = { rules: 1, isLogged: true } as const;
  const pergola = await startPergola(bench, target, [
    [TO_HTTP1, { ...plan, name: 'to-http1' }],
    [TO_HTTP2, { ...plan, name: 'to-http2', target: { port: target2, version: 'HTTP2' } }],
  ]);
  const [{ host }] = pergola;
  const contenders: Contender[] = [...pergola];
  const peers = [
    { peer: haproxy('HAProxy, to HTTP/1.1', { accepts: 'proto h2' }), targetPort: target.a },
    {
      peer: haproxy('HAProxy, to HTTP/2', { accepts: 'proto h2', dials: 'proto h2' }),
      targetPort: target2,
    },
    // It speaks HTTP/2 with clients only, gRPC aside.
    { peer: nginx('nginx, to HTTP/1.1', { accepts: 'http2' }), targetPort: target.a },
  ];
  for (const { peer, targetPort } of peers.filter(({ peer }) => isPresent(peer))) {
    contenders.push(await peer.start(bench, { host, targetPort }));
  }
  const samples = await takeRounds(
    bench,
    contenders,
    (contender, seconds) => sample(bench, contender, seconds),
    ({ cpuUs }) => `${cpuUs.toFixed(1)} µs CPU`,
  );
  for (const contender of contenders) await contender.stop();
  return {
    rows: [...samples].map(([{ name }, taken]) => ({
      ...overRounds(taken),
      name,
    })),
    absent: peers.filter(({ peer }) => !isPresent(peer)).map(({ peer }) => peer.name),
  };
};

const sample = async (
  bench: Bench,
  { port, host, pids }: Contender,
  seconds: number,
): Promise<Omit<Http2Row, 'name'>> => {
  const { cpuUs, busy, result } = await measureCpu(pids(), () =>
    runH2load(bench, {
      ...{ port, host, path: PATH, connections: CONNECTIONS, streams: STREAMS, seconds },
    }),
  );
  const { requests, requestsPerSecond, failed } = result;
  return { requestsPerSecond, cpuUs: cpuUs / requests, busy, failed };
};

const startHttp2Target = async (bench: Bench): Promise<number> => {
  const port = await freePort();
  const folder = bench.folder.make('target');
  const server = `  access_log off;
  server { listen 127.0.0.1:${port} http2 backlog=4096; location / { return 200 "${BODY}"; } }`;
  writeFileSync(join(folder, 'nginx.conf'), nginxFrame(folder, server));
  const running = startProcess(bench.cleanup, 'nginx', nginxParameters(folder));
  await untilAccepts('the HTTP/2 target', port, running);
  return port;
};
