import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../cleanup.ts';
import { runPlan } from '../run-plan.ts';

export interface StreamLoadPlan {
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly connections: number;
  /** On each connection. */
  readonly streams: number;
  /** Of a message's payload. */
  readonly messageBytes: number;
  readonly seconds: number;
}

export interface StreamLoadResult {
  /** That came back; each went both ways. */
  readonly messages: number;
  readonly messagesPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Streams that broke, brought something else than was sent, or ended with another status than 0. */
  readonly failed: number;
}

const PROGRAM = fileURLToPath(new URL('./stream-load-main.ts', import.meta.url));

/** Runs in a process of its own. */
export const runStreamLoad = (cleanup: Cleanup, plan: StreamLoadPlan): Promise<StreamLoadResult> =>
  runPlan(cleanup, PROGRAM, plan);
