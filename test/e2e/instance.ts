import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const PERGOLA = fileURLToPath(new URL('../../bin/pergola', import.meta.url));

export interface TestInstance {
  readonly dataDir: string;
  readonly api: string;
  readonly ready: Readonly<Record<string, unknown>>;
  /** The process's own variables, the ones that point AWS tools here, and PERGOLA_DATA. */
  readonly env: NodeJS.ProcessEnv;
  /** What it wrote to its standard error, the last of it. */
  log(): string;
  /** Stops it with SIGTERM; answers the exit code. */
  terminate(): Promise<number | null>;
  /** The same, and removes the data folder. */
  stop(): Promise<number | null>;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export const runProgram = (
  command: string,
  parameters: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });

/** Whether a tool is on PATH and runs. */
export const isOnPath = async (command: string, ...parameters: string[]): Promise<boolean> => {
  try {
    return (await runProgram(command, parameters)).code === 0;
  } catch {
    return false;
  }
};

/** Variables that would lead AWS tools elsewhere than to the instance under test. */
const cleanEnvironment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_(?!CA_BUNDLE)|PERGOLA_|(https?|no|all)_proxy$)/i.test(name),
  );
  return Object.fromEntries(kept);
};

/** Starts `bin/pergola up` on free ports, on a new data folder unless `--data` comes first. */
export const startInstance = async (...parameters: string[]): Promise<TestInstance> => {
  const dataDir =
    parameters[0] === '--data' && parameters[1] !== undefined
      ? parameters[1]
      : await mkdtemp(join(tmpdir(), 'pergola-e2e-'));
  const env = { ...cleanEnvironment(), PERGOLA_DATA: dataDir };
  const child = spawn(
    PERGOLA,
    [
      'up',
      '--port',
      '0',
      '--portal-port',
      '0',
      '--dns-port',
      '0',
      '--workers',
      '1',
      '--json',
      ...parameters,
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const closed = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  const terminate = () => {
    child.kill('SIGTERM');
    return closed;
  };
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-20_000);
  });
  const ready = await firstJsonLine(child, () => log);
  const printed = await runProgram(PERGOLA, ['env', '--shell', 'json'], { env });
  if (printed.code !== 0) throw new Error(`pergola env failed: ${printed.stderr}`);
  return {
    dataDir,
    api: String(ready['api']),
    ready,
    env: { ...env, ...(JSON.parse(printed.stdout) as NodeJS.ProcessEnv) },
    log: () => log,
    terminate,
    stop: async () => {
      const code = await terminate();
      await rm(dataDir, { recursive: true, force: true });
      return code;
    },
  };
};

const firstJsonLine = async (
  child: ChildProcess,
  log: () => string,
): Promise<Record<string, unknown>> => {
  if (child.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    return JSON.parse(line) as Record<string, unknown>;
  }
  throw new Error(`pergola ended before it was ready: ${log()}`);
};
