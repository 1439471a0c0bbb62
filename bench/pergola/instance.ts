import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { removeLeftNetworks } from '../../src/app/networks/open-networks.ts';
import { silentLogger } from '../../src/telemetry/logger.ts';
import type { UnderlayName } from '../../src/underlay/underlay.ts';
import type { Bench } from '../bench.ts';
import { commandLine } from '../proc.ts';
import { type RunningProcess, startProcess } from '../processes.ts';

const PERGOLA = fileURLToPath(new URL('../../bin/pergola', import.meta.url));

export interface InstanceOptions {
  readonly dataDir: string;
  readonly cores: string | undefined;
  /** Absent: as many as Pergola takes by itself. */
  readonly workers?: number;
  readonly underlay?: UnderlayName;
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
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  workerPids(): readonly number[];
  stop(): Promise<void>;
}

export const startInstance = (
  bench: Pick<Bench, 'cleanup'>,
  options: InstanceOptions,
): Promise<Instance> => launchInstance(bench, options).ready;

/** For whom it is not to become ready. */
export const launchInstance = (
  bench: Pick<Bench, 'cleanup'>,
  options: InstanceOptions,
): { readonly running: RunningProcess; readonly ready: Promise<Instance> } => {
  const { dataDir, cores, workers, underlay = 'loopback', env } = options;
  if (underlay === 'netns') {
    bench.cleanup.add(() => removeLeftNetworks(dataDir, silentLogger));
  }
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
        '--underlay',
        underlay,
      ],
      ...(workers === undefined ? [] : ['--workers', String(workers)]),
    ],
    {
      cores,
      pipe: true,
      ...(underlay === 'netns' && { patienceMs: PATIENCE_MS }),
      ...(env !== undefined && { env }),
    },
  );
  return { running, ready: untilReady(running, start) };
};

/** @param start Of the process, as of `performance.now()`. */
const untilReady = async (running: RunningProcess, start: number): Promise<Instance> => {
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
    ended: running.ended,
    workerPids: () => running.pids().filter((pid) => commandLine(pid).includes('worker-main')),
    stop: running.stop,
  };
};

/** A thousand network namespaces are not removed in a moment. */
const PATIENCE_MS = 120_000;

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
