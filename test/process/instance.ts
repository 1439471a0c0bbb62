import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { connect } from '../../src/cli/connect.ts';

const PERGOLA = fileURLToPath(new URL('../../bin/pergola', import.meta.url));

/** A new data folder, removed at the end of the test. */
export const newDataDir = (settings?: object): string => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-process-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  if (settings !== undefined) {
    writeFileSync(join(dir, 'settings.json'), JSON.stringify(settings));
  }
  return dir;
};

/** `bin/pergola up` as a process of its own. */
export class Instance {
  readonly dataDir: string;
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  #stderr = '';

  /** @param place Data folder, or that and what its environment has beside this process's own. */
  constructor(
    place: string | { readonly dataDir: string; readonly environment: NodeJS.ProcessEnv },
    ...flags: readonly string[]
  ) {
    const { dataDir, environment = {} } = typeof place === 'string' ? { dataDir: place } : place;
    this.dataDir = dataDir;
    this.process = spawn(
      PERGOLA,
      [
        'up',
        '--data',
        dataDir,
        '--port',
        '0',
        '--portal-port',
        '0',
        '--dns-port',
        '0',
        '--json',
        ...flags,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } },
    );
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    // `exit`, not `close`: workers that outlive it hold its streams.
    this.ended = once(this.process, 'exit').then(([code, signal]) => ({ code, signal }));
    onTestFinished(async () => {
      // Killed outright it would leave its workers behind.
      this.process.kill('SIGTERM');
      this.process.kill('SIGTERM');
      await this.ended;
    });
  }

  get pid(): number {
    return this.process.pid as number;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get instanceFile(): string {
    return join(this.dataDir, 'run', 'instance.json');
  }

  facts(): {
    pid: number;
    api: string;
    portals: Record<string, string>;
    resolvers: Record<string, string>;
    namespacePrefix?: string;
  } {
    return JSON.parse(readFileSync(this.instanceFile, 'utf8'));
  }

  isListed(): boolean {
    return existsSync(this.instanceFile);
  }

  /** Resolves when it said that it is ready. */
  async ready(): Promise<this> {
    const lines = createInterface({ input: this.process.stdout as NodeJS.ReadableStream });
    const first = once(lines, 'line');
    const ended = this.ended.then(() => {
      throw new Error(`pergola ended before it was ready: ${this.#stderr}`);
    });
    await Promise.race([first, ended]);
    lines.close();
    this.process.stdout?.resume();
    return this;
  }

  client(): ApiClient {
    return connect({ data: this.dataDir }).client;
  }

  async workers(): Promise<readonly number[]> {
    const status = await this.client().call('pergola', 'GET', '/status');
    return (status as { workers: { pid: number }[] }).workers.map(({ pid }) => pid);
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Asks again and again, as long as the test may take. */
export const until = async <T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
};
