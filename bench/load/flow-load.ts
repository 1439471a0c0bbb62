import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../cleanup.ts';
import { runPlan } from '../run-plan.ts';

export interface FlowLoadPlan {
  readonly port: number;
  /** The server name. */
  readonly host: string;
  readonly direction: 'to the client' | 'to the target';
  readonly connections: number;
  readonly seconds: number;
}

export interface FlowLoadResult {
  readonly bytes: number;
  readonly bytesPerSecond: number;
  /** Connections that broke. */
  readonly failed: number;
}

const PROGRAM = fileURLToPath(new URL('./flow-load-main.ts', import.meta.url));

/** Runs in a process of its own; the other end is a flow target. */
export const runFlowLoad = (cleanup: Cleanup, plan: FlowLoadPlan): Promise<FlowLoadResult> =>
  runPlan(cleanup, PROGRAM, plan);
