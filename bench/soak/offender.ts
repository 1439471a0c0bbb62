import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../cleanup.ts';
import { runPlan } from '../run-plan.ts';

export interface OffenderPlan {
  readonly port: number;
  readonly host: string;
  /** By its name. */
  readonly offence: string;
  readonly seconds: number;
}

export interface OffenderResult {
  readonly connected: number;
  /** Connections that the other side ended. */
  readonly cutOff: number;
  readonly sentBytes: number;
}

/** What there is on this core belongs to good clients and targets first: the harm has to be done by the proxy. */
export const LOWEST_PRIORITY = 19;

const PROGRAM = fileURLToPath(new URL('./offender-main.ts', import.meta.url));

/** Runs in a process of its own. */
export const runOffender = (cleanup: Cleanup, plan: OffenderPlan): Promise<OffenderResult> =>
  runPlan(cleanup, PROGRAM, plan);
