import type { BoundHandle } from '../../underlay/bind-socket.ts';
import { MOST_SOCKETS_ASKED, type SocketBatch } from '../../underlay/underlay.ts';
import type { WorkerLink } from './worker-link.ts';

/** Makes sockets for workers that cannot do it themselves. @throws Error when none can be made */
export type OpenSockets = (vpcId: string, family: 4 | 6, count: number) => readonly BoundHandle[];

export interface SocketHandoverOptions {
  readonly link: Pick<WorkerLink, 'give' | 'channel'>;
  readonly open: OpenSockets;
  readonly onFailure: (vpcId: string, error: Error) => void;
}

/**
 * Gives one worker the sockets that it asks for, batch after batch: those of the next are made when
 * those of the one before have left, for until then each is a descriptor of this process.
 */
export class SocketHandover {
  readonly #options: SocketHandoverOptions;
  readonly #batches: SocketBatch[] = [];
  /** Of the batches that the worker has not been told the end of. */
  #asked = 0;
  #isGiving = false;

  constructor(options: SocketHandoverOptions) {
    this.#options = options;
  }

  /** What is more than a worker may ask for is passed over: none does that is what it was when it was started. */
  want(batch: SocketBatch): void {
    if (!(batch.count >= 1 && this.#asked + batch.count <= MOST_SOCKETS_ASKED)) return;
    this.#asked += batch.count;
    this.#batches.push(batch);
    if (!this.#isGiving) void this.#giveAll();
  }

  async #giveAll(): Promise<void> {
    this.#isGiving = true;
    for (let next = this.#batches.shift(); next !== undefined; next = this.#batches.shift()) {
      await this.#give(next);
    }
    this.#isGiving = false;
  }

  async #give({ batch, vpcId, family, count }: SocketBatch): Promise<void> {
    const { link } = this.#options;
    const sockets = this.#open(vpcId, family, count);
    await Promise.all(sockets.map((socket) => link.give({ type: 'socket', batch }, socket)));
    // Before it is told: it may ask for as many again at once.
    this.#asked -= count;
    link.channel.send({ type: 'socketsOver', batch });
  }

  #open(vpcId: string, family: 4 | 6, count: number): readonly BoundHandle[] {
    try {
      return this.#options.open(vpcId, family, count);
    } catch (error) {
      this.#options.onFailure(vpcId, error as Error);
      return [];
    }
  }
}
