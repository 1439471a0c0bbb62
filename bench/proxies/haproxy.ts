import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { startProcess } from '../processes.ts';
import { untilAccepts } from '../until-accepts.ts';
import type { Peer } from './contender.ts';

const NAME = 'HAProxy';

export const HAPROXY: Peer = {
  name: NAME,
  program: 'haproxy',
  start: async (bench, { host, target }) => {
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
  bind 127.0.0.1:${port} backlog 4096
  acl is-host hdr(host) -i ${host}
  acl is-api path_beg /api/
  http-request return status 404 unless is-host is-api
  option forwardfor
  http-response set-header x-request-id %[uuid()]
  default_backend target
backend target
  server a 127.0.0.1:${target.a}
`,
    );
    // In the foreground, without a master.
    const running = startProcess(bench.cleanup, 'haproxy', ['-db', '-f', file], {
      cores: bench.cores.proxy,
    });
    await untilAccepts(NAME, port, running);
    const { pids, stop } = running;
    return { name: NAME, port, host, idHeader: 'x-request-id', pids, stop };
  },
};
