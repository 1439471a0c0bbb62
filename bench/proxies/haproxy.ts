import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { freePort } from '../free-port.ts';
import { startProcess } from '../processes.ts';
import { untilAccepts } from '../until-accepts.ts';
import type { Contender, ContenderTask, Peer } from './contender.ts';

export interface HaproxyProtocols {
  /** After the address where it accepts, such as `proto h2` or `ssl crt FILE`; absent: HTTP/1.1. */
  readonly accepts?: string;
  /** After the address of the target, such as `proto h2`; absent: HTTP/1.1. */
  readonly dials?: string;
}

/** HAProxy with one thread, between these protocols. */
export const haproxy = (
  name: string,
  { accepts = '', dials = '' }: HaproxyProtocols = {},
): Peer => ({
  name,
  program: 'haproxy',
  start: async (bench, task) => ({
    ...(await start(
      bench,
      name,
      task,
      ({ host, accept, target }) => `  mode http
  http-reuse always
frontend clients
  bind ${accept} backlog 4096 ${accepts}
  acl is-host hdr(host) -i ${host}
  acl is-api path_beg /api/
  http-request return status 404 unless is-host is-api
  option forwardfor
  http-response set-header x-request-id %[uuid()]
  default_backend target
backend target
  server a ${target} ${dials}
`,
    )),
    idHeader: 'x-request-id',
  }),
});

export const HAPROXY = haproxy('HAProxy');

/** TLS is passed through by its server name. `options` are lines for `defaults`. */
export const haproxyPassthrough = (name: string, options = ''): Peer<Contender> => ({
  name,
  program: 'haproxy',
  start: (bench, task) =>
    start(
      bench,
      name,
      task,
      ({ host, accept, target }) => `  mode tcp
  ${options}
frontend clients
  bind ${accept} backlog 4096
  tcp-request inspect-delay 5s
  tcp-request content accept if { req_ssl_hello_type 1 }
  use_backend target if { req_ssl_sni -i ${host} }
backend target
  server a ${target}
`,
    ),
});

interface Addresses {
  readonly host: string;
  /** Where it accepts, and where the target does: `ADDRESS:PORT`. */
  readonly accept: string;
  readonly target: string;
}

const start = async (
  bench: Bench,
  name: string,
  { host, targetPort, inside }: ContenderTask,
  /** What follows the timeouts in `defaults`, and the sections after them. */
  configure: (addresses: Addresses) => string,
): Promise<Contender> => {
  const port = await freePort();
  const approach = inside?.approach;
  const accept = `${approach?.address ?? '127.0.0.1'}:${port}`;
  const target = `${inside?.targetAddress ?? '127.0.0.1'}:${targetPort}`;
  const file = join(bench.folder.make('haproxy'), 'haproxy.cfg');
  writeFileSync(
    file,
    `global
  nbthread 1
  maxconn 4096
defaults
  timeout connect 5s
  timeout client 600s
  timeout server 600s
${configure({ host, accept, target })}`,
  );
  // In the foreground, without a master.
  const running = startProcess(bench.cleanup, 'haproxy', ['-db', '-f', file], {
    cores: bench.cores.proxy,
    namespace: inside?.at.namespace,
  });
  await untilAccepts(
    name,
    port,
    running,
    approach && (() => approach.from.dial(approach.address, port)),
  );
  const { pids, stop } = running;
  return { name, port, ...(approach && { approach }), host, pids, stop };
};
