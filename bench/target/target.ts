import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { freePort } from '../free-port.ts';
import { findOnPath, startProcess } from '../processes.ts';
import { nginxFrame, nginxParameters } from '../proxies/nginx.ts';
import { untilAccepts } from '../until-accepts.ts';
import { BODY, CHECK_PATH } from './target-facts.ts';

/** Two ports that answer 64 bytes each, and in `x-target` which of the two they are. */
export interface Target {
  readonly program: 'nginx' | 'Node.js';
  readonly a: number;
  readonly b: number;
}

export const startTarget = async (bench: Bench): Promise<Target> => {
  const [a, b] = [await freePort(), await freePort()];
  const program = findOnPath('nginx') === undefined ? 'Node.js' : 'nginx';
  const running =
    program === 'nginx'
      ? startProcess(bench.cleanup, 'nginx', nginxParameters(nginxFolder(bench, a, b)))
      : startProcess(bench.cleanup, process.execPath, [SERVER, String(a), String(b)]);
  await untilAccepts('the target', a, running);
  await untilAccepts('the target', b, running);
  return { program, a, b };
};

const SERVER = fileURLToPath(new URL('./target-server.ts', import.meta.url));

const nginxFolder = (bench: Bench, a: number, b: number): string => {
  const folder = bench.folder.make('target');
  const server = (name: string, port: number) => `
  server {
    listen 127.0.0.1:${port} backlog=4096;
    add_header x-target ${name};
    location = ${CHECK_PATH} {
      add_header x-target ${name};
      add_header x-seen-forwarded-for $http_x_forwarded_for;
      add_header x-seen-requests $connection_requests;
      return 200 "${BODY}";
    }
    location / { return 200 "${BODY}"; }
  }`;
  writeFileSync(
    join(folder, 'nginx.conf'),
    nginxFrame(folder, `  access_log off;${server('a', a)}${server('b', b)}`),
  );
  return folder;
};
