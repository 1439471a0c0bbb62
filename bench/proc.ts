import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What Linux tells of processes in /proc. */

interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  /** Tells a process from a later one with the same id. */
  readonly startedAt: string;
  /** User and system time of all its threads, in ticks. */
  readonly cpuTicks: number;
}

let ticksPerSecond: number | undefined;

/** Undefined when there is no such process. */
export const readProcess = (pid: number): ProcessFacts | undefined => {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in parentheses, and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    parent: Number(fields[1]),
    cpuTicks: Number(fields[11]) + Number(fields[12]),
    startedAt: fields[19] ?? '',
  };
};

/** The process and all its descendants, parents first. */
export const processTree = (root: number): readonly ProcessFacts[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((facts) => facts !== undefined);
  const tree = all.filter(({ pid }) => pid === root);
  // Grows while it is walked.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
};

/** CPU time that the processes have used so far, in microseconds. */
export const cpuMicroseconds = (pids: readonly number[]): number => {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const ticks = pids.reduce((sum, pid) => sum + (readProcess(pid)?.cpuTicks ?? 0), 0);
  return (ticks * 1e6) / ticksPerSecond;
};

export interface MemoryFacts {
  /** Resident bytes; pages that several processes share count in each. */
  readonly rss: number;
  /** The same with shared pages divided among those that share them. */
  readonly pss: number;
}

export const memoryOf = (pid: number): MemoryFacts => {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? Number.NaN);
  return { rss: kilobytes('Rss') * 1024, pss: kilobytes('Pss') * 1024 };
};

/** Resident bytes alone, which costs less to ask for. Undefined when there is no such process. */
export const residentBytes = (pid: number): number | undefined => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) * 1024;
  } catch {
    return undefined;
  }
};

/** What the kernel has taken for itself, in bytes: slab, per-CPU and virtual memory. */
export const kernelMemory = (): number => {
  const info = readFileSync('/proc/meminfo', 'utf8');
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  return ['Slab', 'Percpu', 'VmallocUsed'].reduce((sum, name) => sum + kilobytes(name) * 1024, 0);
};

/** Program and arguments, with blanks between; empty for a process that is gone. */
export const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
};
