import type { Bench } from '../bench.ts';
import type { Approach, Place } from '../netns/place.ts';
import { findOnPath } from '../processes.ts';

/** What every contender has to do: requests for `host` below /api/ go to the target, others are 404. */
export interface ContenderTask {
  readonly host: string;
  readonly targetPort: number;
  /** Where it runs, in a network of its own; absent: all are at 127.0.0.1. */
  readonly inside?: {
    readonly at: Place;
    readonly targetAddress: string;
    readonly approach: Approach;
  };
}

/** A running contender. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  /** Absent: at 127.0.0.1 of this machine. */
  readonly approach?: Approach;
  /** To be sent as Host, or as the server name. */
  readonly host: string;
  /** The processes whose CPU time counts. */
  pids(): readonly number[];
  stop(): Promise<void>;
}

/** One that speaks HTTP. */
export interface HttpContender extends Contender {
  /** In each response, with a value of its own. */
  readonly idHeader: string;
}

/** A contender that can be started here; its name is in the table even when it cannot. */
export interface Peer<C extends Contender = HttpContender> {
  readonly name: string;
  /** The program that has to be on PATH; absent: nothing. */
  readonly program?: string;
  start(bench: Bench, task: ContenderTask): Promise<C>;
}

/** Whether what it needs is on this machine. */
export const isPresent = ({ program }: Peer<Contender>): boolean =>
  program === undefined || findOnPath(program) !== undefined;
