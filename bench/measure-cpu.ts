import { cpuMicroseconds } from './proc.ts';

export interface CpuFacts {
  /** User and system time that the processes used, in microseconds. */
  readonly cpuUs: number;
  /** That as a share of one core: below 0.9 something else was the bottleneck. */
  readonly busy: number;
}

/** What the processes used while `run` ran, and what it answered. */
export const measureCpu = async <T>(
  pids: readonly number[],
  run: () => Promise<T>,
): Promise<CpuFacts & { readonly result: T }> => {
  const start = performance.now();
  const before = cpuMicroseconds(pids);
  const result = await run();
  const cpuUs = cpuMicroseconds(pids) - before;
  return { cpuUs, busy: cpuUs / 1000 / (performance.now() - start), result };
};
