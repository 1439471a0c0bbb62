import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import type { Cleanup } from './cleanup.ts';
import { findOnPath, runProgram } from './processes.ts';

/** Where what runs: one core for what is measured, the others for whom it is measured with. */
export interface Cores {
  readonly proxy: string | undefined;
  readonly load: string | undefined;
  readonly all: string | undefined;
}

/**
 * The last core is the proxy's, all others the load's; this process and what it starts without a
 * core of its own go to the load's. Without taskset or with a single core nothing is pinned.
 */
export const chooseCores = async (cleanup: Cleanup): Promise<Cores> => {
  if (findOnPath('taskset') === undefined || availableParallelism() < 2) {
    return { proxy: undefined, load: undefined, all: undefined };
  }
  const mask = await runProgram(cleanup, 'taskset', ['-cp', String(process.pid)]);
  const cores = parseCores(mask.slice(mask.lastIndexOf(':') + 1).trim());
  const load = cores.slice(0, -1).join(',');
  await runProgram(cleanup, 'taskset', ['-acp', load, String(process.pid)]);
  return { proxy: String(cores.at(-1)), load, all: cores.join(',') };
};

/** `0-2,4` -> 0, 1, 2, 4 */
const parseCores = (text: string): readonly number[] =>
  text.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });

/** What the results depend on, as lines of text. */
export const describeMachine = (cores: Cores): readonly string[] => [
  `date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  `machine: ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
  `load average at the start: ${loadavg()
    .map((load) => load.toFixed(2))
    .join(', ')}`,
  `cores: ${
    cores.proxy === undefined
      ? 'nothing is pinned (no taskset, or one core only)'
      : `proxy on ${cores.proxy}, load and target on ${cores.load}`
  }`,
  `versions: Node.js ${process.versions.node}${['nginx', 'haproxy', 'caddy', 'wrk']
    .map((name) => [name, versionOf(name)])
    .map(([name, version]) => `, ${name} ${version ?? 'not found'}`)
    .join('')}`,
];

const VERSION_FLAGS: Readonly<Record<string, string>> = {
  nginx: '-v',
  haproxy: '-v',
  caddy: 'version',
  wrk: '-v',
};

/** Undefined when the program is not there. */
const versionOf = (name: string): string | undefined => {
  const program = findOnPath(name);
  if (program === undefined) return undefined;
  // nginx says it on its standard error, and wrk exits with 1.
  const flag = VERSION_FLAGS[name] ?? '--version';
  let text: string;
  try {
    text = execFileSync('/bin/sh', ['-c', `"$0" ${flag} 2>&1 || true`, program], {
      encoding: 'utf8',
    });
  } catch {
    return 'of unknown version';
  }
  return /\d+(?:\.\d+)+/.exec(text)?.[0] ?? 'of unknown version';
};
