import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../cleanup.ts';
import { runPlan } from '../run-plan.ts';

export interface HandshakeLoadPlan {
  readonly port: number;
  /** The server name. */
  readonly host: string;
  readonly version: 'TLSv1.2' | 'TLSv1.3';
  /** Whether each handshake resumes a session from before the measurement. */
  readonly isResumed: boolean;
  /** Handshakes under way at a time. */
  readonly parallel: number;
  readonly seconds: number;
}

export interface HandshakeLoadResult {
  readonly handshakes: number;
  readonly handshakesPerSecond: number;
  /** Those that broke or were not of the kind that was asked for. */
  readonly failed: number;
  /** The first of them. */
  readonly reason: string | undefined;
}

const PROGRAM = fileURLToPath(new URL('./handshake-load-main.ts', import.meta.url));

/** Runs in a process of its own. */
export const runHandshakeLoad = (
  cleanup: Cleanup,
  plan: HandshakeLoadPlan,
): Promise<HandshakeLoadResult> => runPlan(cleanup, PROGRAM, plan);
