import type { Cleanup } from './cleanup.ts';
import { runProgram, type StartOptions } from './processes.ts';

/**
 * Runs a program of ours in a process of its own: it finds its plan in its first argument and prints its
 * result, both as JSON.
 */
export const runPlan = async <Result>(
  cleanup: Cleanup,
  program: string,
  plan: unknown,
  options: Pick<StartOptions, 'namespace'> = {},
): Promise<Result> =>
  JSON.parse(await runProgram(cleanup, process.execPath, [program, JSON.stringify(plan)], options));
