import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../cleanup.ts';
import { runPlan } from '../run-plan.ts';
import type { Load, LoadPlan, LoadResult } from './load.ts';

const PROGRAM = fileURLToPath(new URL('./own-load-main.ts', import.meta.url));

/** Where there is no wrk: a program of ours on raw sockets. */
export class OwnLoad implements Load {
  readonly name = 'own load generator';
  readonly #cleanup: Cleanup;

  constructor(cleanup: Cleanup) {
    this.#cleanup = cleanup;
  }

  run(plan: LoadPlan): Promise<LoadResult> {
    return runPlan(this.#cleanup, PROGRAM, plan, { namespace: plan.approach?.from.namespace });
  }
}
