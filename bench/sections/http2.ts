import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { freePort } from '../free-port.ts';
import { runH2load } from '../load/h2load.ts';
import { loadFolder } from '../pergola/data-folder.ts';
import { startInstance } from '../pergola/instance.ts';
import { cpuMicroseconds } from '../proc.ts';
import { findOnPath, startProcess } from '../processes.ts';
import { nginxFrame, nginxParameters } from '../proxies/nginx.ts';
import { median } from '../statistics.ts';
import type { Target } from '../target/target.ts';
import { BODY } from '../target/target-facts.ts';
import { untilAccepts } from '../until-accepts.ts';

export interface Http2Row {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly cpuUs: number;
  readonly failed: number;
}

interface Contender {
  readonly name: string;
  readonly port: number;
  readonly host: string;
  readonly pids: () => readonly number[];
}

const CONNECTIONS = 8;
const STREAMS = 16;
const PATH = '/api/items/42';

/** HTTP/2 with prior knowledge, to targets of both versions. Undefined without h2load and nginx, which is the target. */
export const benchHttp2 = async (
  bench: Bench,
  target: Target,
): Promise<readonly Http2Row[] | undefined> => {
  if (findOnPath('h2load') === undefined || findOnPath('nginx') === undefined) return undefined;
  const target2 = await startHttp2Target(bench);
  const contenders = [...(await startPergola(bench, target, target2))];
  if (findOnPath('haproxy') !== undefined) {
    contenders.push(await startHaproxy(bench, 'HAProxy, to HTTP/1.1', target.a, ''));
    contenders.push(await startHaproxy(bench, 'HAProxy, to HTTP/2', target2, 'proto h2'));
  }
  contenders.push(await startNginx(bench, target.a));
  const rows: Http2Row[] = [];
  for (const contender of contenders) {
    bench.say(`HTTP/2: ${contender.name}`);
    await sample(bench, contender, 2 * bench.options.seconds);
    const samples: Http2Row[] = [];
    for (let round = 0; round < bench.options.rounds; round += 1) {
      samples.push(await sample(bench, contender, bench.options.seconds));
    }
    rows.push({
      name: contender.name,
      requestsPerSecond: median(samples.map((one) => one.requestsPerSecond)),
      cpuUs: median(samples.map((one) => one.cpuUs)),
      failed: samples.reduce((sum, one) => sum + one.failed, 0),
    });
  }
  return rows;
};

const sample = async (
  bench: Bench,
  { name, port, host, pids }: Contender,
  seconds: number,
): Promise<Http2Row> => {
  const before = cpuMicroseconds(pids());
  const load = { port, host, path: PATH, connections: CONNECTIONS, streams: STREAMS, seconds };
  const { requests, requestsPerSecond, failed } = await runH2load(bench, load);
  const cpuUs = (cpuMicroseconds(pids()) - before) / requests;
  return { name, requestsPerSecond, cpuUs, failed };
};

const startPergola = async (
  bench: Bench,
  target: Target,
  target2: number,
): Promise<readonly Contender[]> => {
  const { dataDir, services } = await loadFolder(bench, target, [
    { name: 'to-http1', rules: 1, isLogged: true },
    { name: 'to-http2', rules: 1, isLogged: true, http2Port: target2 },
  ]);
  const instance = await startInstance(bench, { dataDir, cores: bench.cores.proxy, workers: 1 });
  const pids = instance.workerPids();
  return services.map(({ host, vpcId }, i) => ({
    name: `Pergola, access log on, to HTTP/${i === 0 ? '1.1' : '2'}`,
    port: instance.portals.get(vpcId) as number,
    host,
    pids: () => pids,
  }));
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

const HOST = 'bench.example';

const startHaproxy = async (
  bench: Bench,
  name: string,
  targetPort: number,
  flags: string,
): Promise<Contender> => {
  const port = await freePort();
  const file = join(bench.folder.make('haproxy'), 'haproxy.cfg');
  writeFileSync(
    file,
    `global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 600s
  timeout server 600s
  http-reuse always
frontend clients
  bind 127.0.0.1:${port} proto h2 backlog 4096
  acl is-api path_beg /api/
  http-request return status 404 unless is-api
  option forwardfor
  http-response set-header x-request-id %[uuid()]
  default_backend target
backend target
  server a 127.0.0.1:${targetPort} ${flags}
`,
  );
  const running = startProcess(bench.cleanup, 'haproxy', ['-db', '-f', file], {
    cores: bench.cores.proxy,
  });
  await untilAccepts(name, port, running);
  return { name, port, host: HOST, pids: running.pids };
};

/** nginx speaks HTTP/2 with clients only. */
const startNginx = async (bench: Bench, targetPort: number): Promise<Contender> => {
  const name = 'nginx, to HTTP/1.1';
  const port = await freePort();
  const folder = bench.folder.make('nginx');
  const http = `  access_log off;
  upstream target { server 127.0.0.1:${targetPort}; keepalive 256; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port} http2 backlog=4096;
    location /api/ {
      proxy_pass http://target;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      add_header X-Request-Id $request_id;
    }
  }`;
  writeFileSync(join(folder, 'nginx.conf'), nginxFrame(folder, http));
  const running = startProcess(bench.cleanup, 'nginx', nginxParameters(folder), {
    cores: bench.cores.proxy,
  });
  await untilAccepts(name, port, running);
  return { name, port, host: HOST, pids: running.pids };
};
