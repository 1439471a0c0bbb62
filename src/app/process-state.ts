import { readFileSync } from 'node:fs';

/**
 * Whether a process with this id runs, whoever owns it. A zombie does not: it has ended, and only
 * its parent has not noticed (a container's first process often never does).
 */
export const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, but belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const [state] = statFields(pid);
  return state !== 'Z' && state !== 'X';
};

/** Start of a process in clock ticks since boot (Linux, proc(5) stat field 22); elsewhere empty. */
export const processStart = (pid: number): string => statFields(pid)[19] ?? '';

/** proc(5) stat from field 3, the state, on; empty where the system has no such file. */
const statFields = (pid: number): readonly string[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
};
