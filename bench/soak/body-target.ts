import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BenchFolder } from '../bench-folder.ts';
import type { Cleanup } from '../cleanup.ts';
import { freePort } from '../free-port.ts';
import { startProcess } from '../processes.ts';
import { peerCertificate } from '../proxies/peer-certificate.ts';
import { untilAccepts } from '../until-accepts.ts';

export interface BodyTarget {
  readonly http1: number;
  readonly http2: number;
  /** HTTP/2 and HTTP/1.1 by ALPN. */
  readonly tls: number;
}

export interface BodyTargetTask extends BodyTarget {
  readonly key: string;
  readonly cert: string;
  /** As nice(2). */
  readonly priority: number;
}

const PROGRAM = fileURLToPath(new URL('./body-target-main.ts', import.meta.url));

export const startBodyTarget = async (
  { cleanup, folder }: { readonly cleanup: Cleanup; readonly folder: BenchFolder },
  priority = 0,
): Promise<BodyTarget> => {
  const pem = readFileSync(await peerCertificate(folder, 'target.example'), 'utf8');
  const target = { http1: await freePort(), http2: await freePort(), tls: await freePort() };
  const task: BodyTargetTask = { ...target, key: pem, cert: pem, priority };
  const running = startProcess(cleanup, process.execPath, [PROGRAM, JSON.stringify(task)]);
  for (const port of Object.values(target)) await untilAccepts('target', port, running);
  return target;
};
