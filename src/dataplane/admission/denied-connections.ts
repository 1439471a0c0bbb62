import type { Socket } from 'node:net';
import type { DataPlaneLimits } from '../limits.ts';
import type { Sweepable, Sweeper } from '../sweeper.ts';

export interface DeniedConnectionsOptions {
  readonly limits: Pick<DataPlaneLimits, 'deniedHoldMs' | 'maxDeniedConnections'>;
  readonly sweeper: Sweeper;
}

/**
 * Connections that security groups, network ACLs or a missing association do not admit. On AWS their
 * packets vanish, and clients meet a timeout. Here the system has accepted the connection already, so
 * silence is as near as one gets: nothing is read and nothing answered for a while, then the
 * connection is closed, since a client that sees itself connected may have no timeout for what follows.
 */
export class DeniedConnections {
  readonly #options: DeniedConnectionsOptions;
  readonly #held = new Set<HeldConnection>();
  /** By VPC. */
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(options: DeniedConnectionsOptions) {
    this.#options = options;
  }

  /** How many there were since the worker's start, by VPC. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** In all VPCs. */
  get total(): number {
    return this.#total;
  }

  /** Of VPCs that are gone nobody asks any more. */
  forgetUnless(isThere: (vpcId: string) => boolean): void {
    for (const vpcId of this.#counts.keys()) if (!isThere(vpcId)) this.#counts.delete(vpcId);
  }

  /** Counts one that cannot be held. */
  count(vpcId: string): void {
    this.#total += 1;
    this.#counts.set(vpcId, (this.#counts.get(vpcId) ?? 0) + 1);
  }

  /** Nobody else may read the socket any more. */
  hold(socket: Socket, vpcId: string): void {
    this.count(vpcId);
    const { limits, sweeper } = this.#options;
    if (this.#held.size >= limits.maxDeniedConnections) {
      socket.destroy();
      return;
    }
    socket.pause();
    // 'close' follows, and tells all that matters.
    socket.on('error', () => {});
    const held: HeldConnection = {
      dueAt: sweeper.coarseNow + limits.deniedHoldMs,
      due: () => socket.destroy(),
    };
    this.#held.add(held);
    sweeper.add(held);
    socket.on('close', () => {
      this.#held.delete(held);
      sweeper.remove(held);
    });
  }

  close(): void {
    for (const held of this.#held) held.due();
  }
}

type HeldConnection = Omit<Sweepable, 'due'> & { due(): void };
