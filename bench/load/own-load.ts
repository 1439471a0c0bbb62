import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../cleanup.ts';
import { runProgram } from '../processes.ts';
import type { Load, LoadPlan, LoadResult } from './load.ts';

const PROGRAM = fileURLToPath(new URL('./own-load-main.ts', import.meta.url));

/** Where there is no wrk: a program of ours on raw sockets. */
export class OwnLoad implements Load {
  readonly name = 'own load generator';
  readonly #cleanup: Cleanup;

  constructor(cleanup: Cleanup) {
    this.#cleanup = cleanup;
  }

  async run(plan: LoadPlan): Promise<LoadResult> {
    const text = await runProgram(this.#cleanup, process.execPath, [PROGRAM, JSON.stringify(plan)]);
    return JSON.parse(text) as LoadResult;
  }
}
