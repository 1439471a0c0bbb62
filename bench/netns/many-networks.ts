import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { RAISED_QUOTAS } from '../pergola/data-folder.ts';
import { addNetworks } from '../pergola/inhabit-folder.ts';
import { startInstance } from '../pergola/instance.ts';
import { kernelMemory, type MemoryFacts, memoryOf } from '../proc.ts';

/** An instance of Pergola with many VPCs. */
export interface ManyNetworksRow {
  readonly vpcs: number;
  /** From the start of the process until it was ready, with nothing there before. */
  readonly startMs: number;
  /** The same after `kill -9`, when all that the one before it made is still there. */
  readonly restartMs: number;
  /** From the signal until the process has ended and nothing is there. */
  readonly stopMs: number;
  readonly control: MemoryFacts;
  readonly worker: MemoryFacts;
  /** What the kernel has taken for the networks, in bytes. */
  readonly kernel: number;
}

export const INSTANCES_OF_A_VPC = 10;

export const measureManyNetworks = async (bench: Bench): Promise<readonly ManyNetworksRow[]> => {
  const rows: ManyNetworksRow[] = [];
  for (const vpcs of bench.options.quick ? [5, 10] : [10, 50, 100]) {
    rows.push(await measure(bench, vpcs));
  }
  return rows;
};

const measure = async (bench: Bench, vpcs: number): Promise<ManyNetworksRow> => {
  const dataDir = bench.folder.make('networks');
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ quotas: RAISED_QUOTAS }));
  await addNetworks(dataDir, vpcs, INSTANCES_OF_A_VPC);
  const start = () =>
    startInstance(bench, { dataDir, cores: bench.cores.all, workers: 1, underlay: 'netns' });
  const tell = (what: string, ms: number) =>
    bench.say(
      `${vpcs} VPCs with ${INSTANCES_OF_A_VPC} instances each: ${what} ${ms.toFixed(0)} ms`,
    );

  const kernelBefore = kernelMemory();
  const first = await start();
  tell('started in', first.startMs);
  await pause(bench.options.quick ? 1_000 : 5_000);
  const [workerPid] = first.workerPids();
  if (workerPid === undefined) throw new Error('pergola has no worker process');
  const memory = {
    control: memoryOf(first.controlPid),
    worker: memoryOf(workerPid),
    kernel: kernelMemory() - kernelBefore,
  };
  process.kill(first.controlPid, 'SIGKILL');
  await first.ended;
  const again = await start();
  tell('started after kill -9 in', again.startMs);
  const stopAt = performance.now();
  await again.stop();
  const stopMs = performance.now() - stopAt;
  tell('stopped in', stopMs);
  return { vpcs, startMs: first.startMs, restartMs: again.startMs, stopMs, ...memory };
};
