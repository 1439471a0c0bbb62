import type { Channel, FromWorker, ToWorker } from '../../snapshot/feed.ts';
import type { BoundHandle } from '../../underlay/bind-socket.ts';

/** Where to accept; `listenerPort` is absent for a portal. */
export interface ListenPlace {
  readonly vpcId: string;
  readonly port: number;
  readonly listenerPort?: number | undefined;
}

/** A worker as the control plane sees it, whether it is another process or in this one. */
export interface WorkerLink {
  readonly pid: number;
  readonly channel: Channel<ToWorker, FromWorker>;
  /**
   * Resolves once the worker accepts connections on the bound socket. Rejects when it cannot, and
   * with a WorkerEndedError when it ends before it could say.
   */
  listen(place: ListenPlace, handle: unknown): Promise<void>;
  /**
   * Hands a socket over: from now on it is the worker's alone. Resolves when this process has it no
   * more; may never when the worker ends first, though it is closed then.
   */
  give(message: ToWorker, socket: BoundHandle): Promise<void>;
  /** Resolves when the worker is gone, with a text that says how. */
  readonly ended: Promise<string>;
  /** At once, whatever it is doing. */
  kill(): void;
}

/** @throws WorkerProgramError when no worker can ever be started; other errors may pass. */
export type StartWorkerLink = (index: number) => WorkerLink;

/** Says nothing of the socket: the next worker may well accept there. */
export class WorkerEndedError extends Error {
  readonly code = 'WORKER_ENDED';

  constructor(how: string) {
    super(`the worker ended: ${how}`);
    this.name = 'WorkerEndedError';
  }
}

/** The installation is broken. */
export class WorkerProgramError extends Error {
  readonly code = 'WORKER_PROGRAM';

  constructor(program: string) {
    super(`the program of the workers is missing (\`${program}\`): install pergola again`);
    this.name = 'WorkerProgramError';
  }
}

export const listenMessage = ({ vpcId, port, listenerPort }: ListenPlace): ToWorker => ({
  type: 'listen',
  vpcId,
  port,
  ...(listenerPort !== undefined && { listenerPort }),
});
