import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import type { Folders } from '../pergola/folders.ts';
import { startInstance } from '../pergola/instance.ts';
import { type MemoryFacts, memoryOf } from '../proc.ts';

export interface MemoryRow {
  readonly services: number;
  readonly control: MemoryFacts;
  readonly worker: MemoryFacts;
}

/** Resident memory of the control plane and one worker, some seconds after a start, without traffic. */
export const benchMemory = async (
  bench: Bench,
  folders: Folders,
): Promise<readonly MemoryRow[]> => {
  const { quick } = bench.options;
  const rows: MemoryRow[] = [];
  for (const services of quick ? [0, 1_000] : [0, 1_000, 10_000]) {
    const dataDir =
      services === 0 ? bench.folder.make('empty') : (await folders.withServices(services)).dataDir;
    const instance = await startInstance(bench, { dataDir, cores: bench.cores.all, workers: 1 });
    bench.say(`waiting for the memory of ${services} services to settle`);
    await pause(quick ? 1_000 : 5_000);
    const [worker] = instance.workerPids();
    if (worker === undefined) throw new Error('pergola has no worker process');
    rows.push({ services, control: memoryOf(instance.controlPid), worker: memoryOf(worker) });
    await instance.stop();
  }
  return rows;
};
