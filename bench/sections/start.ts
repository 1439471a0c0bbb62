import type { Bench } from '../bench.ts';
import type { Folders } from '../pergola/folders.ts';
import { startInstance } from '../pergola/instance.ts';
import { median } from '../statistics.ts';

export interface StartRow {
  readonly what: string;
  readonly services: number;
  readonly starts: number;
  /** From the start of the process to the line that says that it is ready. */
  readonly medianMs: number;
  readonly slowestMs: number;
}

/** `pergola up --json` as people start it: on all cores, with one worker a core. */
export const benchStart = async (bench: Bench, folders: Folders): Promise<readonly StartRow[]> => {
  const starts = bench.options.quick ? 3 : 10;
  const emptyFolder = async () => bench.folder.make('empty');
  const manyFolder = async () => (await folders.withServices(1_000)).dataDir;
  return [
    await measure(bench, 'the very first, nothing compiled', 0, 1, emptyFolder, {
      ...process.env,
      NODE_COMPILE_CACHE: bench.folder.make('compile-cache'),
    }),
    await measure(bench, 'empty', 0, starts, emptyFolder),
    await measure(bench, '1,000 services', 1_000, starts, manyFolder),
  ];
};

const measure = async (
  bench: Bench,
  what: string,
  services: number,
  starts: number,
  makeFolder: () => Promise<string>,
  env?: NodeJS.ProcessEnv,
): Promise<StartRow> => {
  const times: number[] = [];
  for (let i = 0; i < starts; i += 1) {
    const instance = await startInstance(bench, {
      dataDir: await makeFolder(),
      cores: bench.cores.all,
      ...(env !== undefined && { env }),
    });
    times.push(instance.startMs);
    bench.say(`start ${i + 1} of ${starts}, ${what}: ${instance.startMs.toFixed(0)} ms`);
    await instance.stop();
  }
  return { what, services, starts, medianMs: median(times), slowestMs: Math.max(...times) };
};
