import type { Socket } from 'node:net';
import type { DataPlaneLimits } from '../limits.ts';
import { type Share, SharedRoom } from '../shared-room.ts';
import type { Sweepable, Sweeper } from '../sweeper.ts';

export interface DeniedConnectionsOptions {
  readonly limits: Pick<DataPlaneLimits, 'deniedHoldMs'>;
  /** So many are held; more are closed at once. */
  readonly most: number;
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
  readonly #room: SharedRoom;
  readonly #held = new Set<HeldConnection>();
  /** Of the room, by VPC. */
  readonly #shares = new Map<string, Share>();
  /** By VPC. */
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(options: DeniedConnectionsOptions) {
    this.#options = options;
    this.#room = new SharedRoom(options.most);
  }

  /** Whether there are several VPCs. */
  set isShared(isShared: boolean) {
    this.#room.isShared = isShared;
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
    for (const vpcId of this.#counts.keys()) {
      if (isThere(vpcId)) continue;
      this.#counts.delete(vpcId);
      this.#shares.delete(vpcId);
    }
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
    const share = this.#shareOf(vpcId);
    if (!this.#room.tryTake(share)) {
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
      this.#room.giveBack(share);
      this.#held.delete(held);
      sweeper.remove(held);
    });
  }

  #shareOf(vpcId: string): Share {
    let share = this.#shares.get(vpcId);
    if (share === undefined) {
      share = { count: 0 };
      this.#shares.set(vpcId, share);
    }
    return share;
  }

  close(): void {
    for (const held of this.#held) held.due();
  }
}

type HeldConnection = Omit<Sweepable, 'due'> & { due(): void };
