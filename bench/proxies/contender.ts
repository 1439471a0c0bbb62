import type { Bench } from '../bench.ts';
import type { Target } from '../target/target.ts';

/** What every contender has to do: requests for `host` below /api/ go to the target, others are 404. */
export interface ContenderTask {
  readonly host: string;
  readonly target: Target;
}

/** A running contender. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  /** To be sent as Host. */
  readonly host: string;
  /** In each response, with a value of its own. */
  readonly idHeader: string;
  /** The processes whose CPU time counts. */
  pids(): readonly number[];
  stop(): Promise<void>;
}

/** A contender that can be started here; its name is in the table even when it cannot. */
export interface Peer {
  readonly name: string;
  /** The program that has to be on PATH; absent: nothing. */
  readonly program?: string;
  start(bench: Bench, task: ContenderTask): Promise<Contender>;
}
