import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { freePort } from '../free-port.ts';
import type { Place } from '../netns/place.ts';
import { findOnPath, startProcess } from '../processes.ts';
import { nginxFrame, nginxParameters } from '../proxies/nginx.ts';
import { untilAccepts } from '../until-accepts.ts';
import { BODY, CHECK_PATH, LAST_PATH } from './target-facts.ts';

/** Two ports that answer 64 bytes each, and in `x-target` which of the two they are. */
export interface Target {
  readonly program: 'nginx' | 'Node.js';
  readonly a: number;
  readonly b: number;
}

export type TargetPorts = Pick<Target, 'a' | 'b'>;

/** On this machine, unless it is told where. */
export const startTarget = async (
  bench: Pick<Bench, 'cleanup' | 'folder'>,
  at?: { readonly place: Place; readonly ports: TargetPorts },
): Promise<Target> => {
  const ports = at?.ports ?? { a: await freePort(), b: await freePort() };
  const address = at?.place.address ?? '127.0.0.1';
  const namespace = at?.place.namespace;
  const program = findOnPath('nginx') === undefined ? 'Node.js' : 'nginx';
  const running =
    program === 'nginx'
      ? startProcess(bench.cleanup, 'nginx', nginxParameters(nginxFolder(bench, address, ports)), {
          namespace,
        })
      : startProcess(
          bench.cleanup,
          process.execPath,
          [SERVER, address, String(ports.a), String(ports.b)],
          { namespace },
        );
  for (const port of [ports.a, ports.b]) {
    await untilAccepts('the target', port, running, at && (() => at.place.dial(address, port)));
  }
  return { program, ...ports };
};

const SERVER = fileURLToPath(new URL('./target-server.ts', import.meta.url));

const nginxFolder = (
  bench: Pick<Bench, 'folder'>,
  address: string,
  { a, b }: TargetPorts,
): string => {
  const folder = bench.folder.make('target');
  const server = (name: string, port: number) => `
  server {
    listen ${address}:${port} backlog=4096;
    add_header x-target ${name};
    location = ${CHECK_PATH} {
      add_header x-target ${name};
      add_header x-seen-forwarded-for $http_x_forwarded_for;
      add_header x-seen-requests $connection_requests;
      return 200 "${BODY}";
    }
    location = ${LAST_PATH} { keepalive_timeout 0; return 200 "${BODY}"; }
    location / { return 200 "${BODY}"; }
  }`;
  writeFileSync(
    join(folder, 'nginx.conf'),
    nginxFrame(folder, `  access_log off;${server('a', a)}${server('b', b)}`),
  );
  return folder;
};
