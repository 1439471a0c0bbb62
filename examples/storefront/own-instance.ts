import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { CliError } from '../../src/cli/cli-error.ts';
import { connect } from '../../src/cli/connect.ts';

export interface OwnInstance {
  readonly api: string;
  readonly dataDir: string;
  readonly client: ApiClient;
  /** Starts it again on the same data folder, with other settings: use what this answers from then on. */
  restart(settings: object): Promise<OwnInstance>;
  /** Stops it and removes its data folder. */
  stop(): Promise<void>;
}

/** The program, for `process.execPath`. */
export const PERGOLA = fileURLToPath(
  new URL(`../../src/cli/main${extname(import.meta.url)}`, import.meta.url),
);

/** Starts Pergola on a new data folder and free ports, with these flags of `up` beside. */
export const startOwnInstance = async (...flags: readonly string[]): Promise<OwnInstance> => {
  const data = await mkdtemp(join(tmpdir(), 'pergola-demo-'));
  const parameters = ['up', '--data', data, '--port', '0', '--portal-port', '0', '--dns-port', '0'];
  let child: ChildProcess | undefined;
  let closed: Promise<unknown> | undefined;
  const end = async () => {
    child?.kill('SIGTERM');
    await closed;
  };
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await end();
    await rm(data, { recursive: true, force: true });
  };
  const start = async (): Promise<OwnInstance> => {
    const started = spawn(process.execPath, [PERGOLA, ...parameters, '--json', ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    closed = once(started, 'close');
    for await (const line of createInterface({ input: started.stdout })) {
      const { api } = JSON.parse(line) as { api: string };
      return { api, dataDir: data, client: connect({ data }).client, restart, stop };
    }
    await stop();
    throw new CliError('pergola ended before it was ready');
  };
  const restart = async (settings: object): Promise<OwnInstance> => {
    await end();
    await writeFile(join(data, 'settings.json'), JSON.stringify(settings));
    return start();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A demo that is over has left its exit code.
    process.once(signal, () => void stop().finally(() => process.exit(process.exitCode ?? 1)));
  }
  return start();
};
