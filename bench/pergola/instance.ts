import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { commandLine } from '../proc.ts';
import { startProcess } from '../processes.ts';

const PERGOLA = fileURLToPath(new URL('../../bin/pergola', import.meta.url));

export interface InstanceOptions {
  readonly dataDir: string;
  readonly cores: string | undefined;
  /** Absent: as many as Pergola takes by itself. */
  readonly workers?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A running `pergola up`. */
export interface Instance {
  readonly api: string;
  readonly credentialsFile: string;
  /** Port of each VPC's portal, by VPC id. */
  readonly portals: ReadonlyMap<string, number>;
  /** From its start until it said that it is ready. */
  readonly startMs: number;
  readonly controlPid: number;
  workerPids(): readonly number[];
  stop(): Promise<void>;
}

export const startInstance = async (
  bench: Pick<Bench, 'cleanup'>,
  options: InstanceOptions,
): Promise<Instance> => {
  const { dataDir, cores, workers, env } = options;
  const start = performance.now();
  const running = startProcess(
    bench.cleanup,
    PERGOLA,
    [
      ...[
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
      ],
      ...(workers === undefined ? [] : ['--workers', String(workers)]),
    ],
    { cores, pipe: true, ...(env !== undefined && { env }) },
  );
  const line = await firstLine(running.stdout);
  const startMs = performance.now() - start;
  if (line === undefined) {
    throw new Error(`pergola ended (${await running.ended}): ${running.errorText()}`);
  }
  const ready = JSON.parse(line) as {
    readonly api: string;
    readonly credentials: string;
    readonly portals: Readonly<Record<string, string>>;
  };
  running.stdout?.resume();
  return {
    api: ready.api,
    credentialsFile: ready.credentials,
    portals: new Map(
      Object.entries(ready.portals).map(([vpcId, url]) => [vpcId, Number(new URL(url).port)]),
    ),
    startMs,
    controlPid: running.pid,
    workerPids: () => running.pids().filter((pid) => commandLine(pid).includes('worker-main')),
    stop: running.stop,
  };
};

const firstLine = async (
  stream: NodeJS.ReadableStream | undefined,
): Promise<string | undefined> => {
  if (stream === undefined) return undefined;
  const lines = createInterface({ input: stream });
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => resolve(undefined));
  });
};
