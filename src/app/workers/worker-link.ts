import type { Channel, FromWorker, ToWorker } from '../../snapshot/feed.ts';

/** A worker as the control plane sees it, whether it is another process or in this one. */
export interface WorkerLink {
  readonly pid: number;
  readonly channel: Channel<ToWorker, FromWorker>;
  /** Resolves once the worker accepts connections on the bound socket. Rejects when it cannot, or ends. */
  listen(vpcId: string, port: number, handle: unknown): Promise<void>;
  /** Resolves when the worker is gone, with a text that says how. */
  readonly ended: Promise<string>;
  /** At once, whatever it is doing. */
  kill(): void;
}

export type StartWorkerLink = (index: number) => WorkerLink;
