import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { runProgram } from '../processes.ts';
import type { LoadedFolder } from './data-folder.ts';

const PROGRAM = fileURLToPath(new URL('./route-time.ts', import.meta.url));

export interface RouteTask {
  readonly dataDir: string;
  readonly vpcId: string;
  /** Names of services; those of a set are asked for in turn. */
  readonly hostSets: readonly (readonly string[])[];
}

/** Time of one decision in nanoseconds, for each set of hosts. No Pergola may run on the folder. */
export const measureRoutes = async (
  bench: Bench,
  { dataDir, services }: LoadedFolder,
  hostSets: readonly (readonly string[])[],
): Promise<readonly number[]> => {
  const task: RouteTask = { dataDir, vpcId: services[0]?.vpcId ?? '', hostSets };
  // Too long for a command line.
  const file = join(bench.folder.make('route'), 'task.json');
  writeFileSync(file, JSON.stringify(task));
  const text = await runProgram(bench.cleanup, process.execPath, [PROGRAM, file], {
    cores: bench.cores.proxy,
  });
  return JSON.parse(text) as readonly number[];
};
