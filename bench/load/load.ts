import type { BenchFolder } from '../bench-folder.ts';
import type { Cleanup } from '../cleanup.ts';
import type { Approach } from '../netns/place.ts';
import { findOnPath } from '../processes.ts';
import { OwnLoad } from './own-load.ts';
import { Wrk } from './wrk.ts';

export interface LoadRequest {
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoadPlan {
  readonly port: number;
  /** Absent: at 127.0.0.1 of this machine. */
  readonly approach?: Approach | undefined;
  /** Sent in turn; all with GET. */
  readonly requests: readonly LoadRequest[];
  /** Kept alive; each has one request under way at any time. */
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Answers other than 2xx and 3xx, and broken connections. */
  readonly failed: number;
}

export interface Load {
  /** Of the program that makes it. */
  readonly name: string;
  run(plan: LoadPlan): Promise<LoadResult>;
}

/** wrk when it is there: it takes the least of the core that it shares with the target. */
export const chooseLoad = (cleanup: Cleanup, folder: BenchFolder): Load =>
  findOnPath('wrk') === undefined ? new OwnLoad(cleanup) : new Wrk(cleanup, folder);
