import type { Channel, FromWorker, ToWorker } from '../../snapshot/feed.ts';

/** A worker as the control plane sees it, whether it is another process or in this one. */
export interface WorkerLink {
  readonly pid: number;
  readonly channel: Channel<ToWorker, FromWorker>;
  /**
   * Resolves once the worker accepts connections on the bound socket. Rejects when it cannot, and
   * with a WorkerEndedError when it ends before it could say.
   */
  listen(vpcId: string, port: number, handle: unknown): Promise<void>;
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
