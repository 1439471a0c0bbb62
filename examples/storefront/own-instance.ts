import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { connect } from '../../src/cli/connect.ts';

export interface OwnInstance {
  readonly api: string;
  readonly dataDir: string;
  readonly client: ApiClient;
  /** Stops it and removes its data folder. */
  stop(): Promise<void>;
}

const main = fileURLToPath(
  new URL(`../../src/cli/main${extname(import.meta.url)}`, import.meta.url),
);

/** Starts Pergola on a new data folder and free ports. */
export const startOwnInstance = async (): Promise<OwnInstance> => {
  const data = await mkdtemp(join(tmpdir(), 'pergola-demo-'));
  const child = spawn(
    process.execPath,
    [main, 'up', '--data', data, '--port', '0', '--portal-port', '0', '--dns-port', '0', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    child.kill('SIGTERM');
    await closed;
    await rm(data, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const { api } = JSON.parse(line) as { api: string };
    return { api, dataDir: data, client: connect({ data }).client, stop };
  }
  await stop();
  throw new Error('pergola ended before it was ready');
};
