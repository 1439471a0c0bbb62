import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ConnectionOwner } from '../http1/target-connection.ts';
import { TargetConnection } from '../http1/target-connection.ts';
import type { DataPlaneLimits } from '../limits.ts';
import type { Share, SharedRoom } from '../shared-room.ts';
import type { Sweeper } from '../sweeper.ts';
import type { TargetTransport } from './target-runtime.ts';
import type { TargetPool, TargetSide } from './target-side.ts';

/** Of one target, whatever the protocol. */
export interface PoolOptions {
  /** Begins a connection to the target. */
  readonly dial: () => Socket;
  /** Begins TLS on a connected socket, for targets that speak it. */
  readonly secure?: (socket: Socket) => TLSSocket;
  readonly limits: DataPlaneLimits;
  /** For connections that are kept, those to all targets together. */
  readonly keptRoom: SharedRoom;
  /** What the target's VPC has of it. */
  readonly kept: Share;
  readonly sweeper: Sweeper;
  /** As `ExchangeContext.defect`. */
  readonly defect: (error: unknown) => void;
}

/**
 * The connections to one target. The one that was used last is used first, so that a quiet pool
 * shrinks to what is needed.
 */
export class ConnectionPool implements TargetTransport, TargetPool, ConnectionOwner {
  readonly maxResponseHeadBytes: number;
  readonly #options: PoolOptions;
  /** May hold closed ones, which are skipped: a connection that dies is not searched for. */
  readonly #idle: TargetConnection[] = [];
  #closedIdle = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.maxResponseHeadBytes = options.limits.maxResponseHeadBytes;
  }

  acquire(failed?: TargetSide): TargetConnection {
    while (failed === undefined) {
      const kept = this.#idle.pop();
      if (kept === undefined) break;
      if (kept.isClosed) {
        this.#closedIdle--;
        continue;
      }
      this.#noLongerKept(kept);
      kept.dueAt = Number.POSITIVE_INFINITY;
      return kept;
    }
    const { dial, secure, limits, sweeper } = this.#options;
    const connection = new TargetConnection(dial(), this, secure);
    connection.dueAt = sweeper.now() + limits.connectTimeoutMs;
    sweeper.add(connection);
    return connection;
  }

  released(connection: TargetConnection): void {
    const { limits, sweeper, keptRoom, kept } = this.#options;
    const isFull = this.#idle.length - this.#closedIdle >= limits.maxIdlePerTarget;
    if (this.#isClosed || isFull || !keptRoom.tryTake(kept)) {
      connection.destroy();
      return;
    }
    connection.isIdle = true;
    connection.dueAt = sweeper.coarseNow + limits.targetIdleMs;
    this.#idle.push(connection);
  }

  closed(connection: TargetConnection): void {
    this.#options.sweeper.remove(connection);
    if (!connection.isIdle) return;
    // Stays marked: it is still in the list.
    this.#options.keptRoom.giveBack(this.#options.kept);
    // Dead ones are dropped together once they are the greater part.
    if (++this.#closedIdle * 2 > this.#idle.length) {
      const alive = this.#idle.filter((kept) => !kept.isClosed);
      this.#idle.length = 0;
      this.#idle.push(...alive);
      this.#closedIdle = 0;
    }
  }

  #noLongerKept(connection: TargetConnection): void {
    connection.isIdle = false;
    this.#options.keptRoom.giveBack(this.#options.kept);
  }

  /** Nothing new: kept connections are closed, those in use when their exchange has ended. */
  close(): void {
    this.#isClosed = true;
    for (const kept of this.#idle.splice(0)) {
      if (kept.isClosed) continue;
      this.#noLongerKept(kept);
      kept.destroy();
    }
    this.#closedIdle = 0;
  }
}
