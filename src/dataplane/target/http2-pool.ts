import { Http2TargetSession, type TargetSessionOwner } from '../http2/target-session.ts';
import { Http2TargetStream } from '../http2/target-stream.ts';
import type { Sweeper } from '../sweeper.ts';
import type { PoolOptions } from './connection-pool.ts';
import type { TargetTransport } from './target-runtime.ts';
import type { TargetPool, TargetSide } from './target-side.ts';

/**
 * The HTTP/2 sessions with one target: as few as carry its requests, which is one unless the target
 * allows fewer streams at a time than there are. The first with room is used, so that the others
 * become idle and go.
 */
export class Http2Pool implements TargetTransport, TargetPool, TargetSessionOwner {
  /** Until the target has said something else: what most servers allow. */
  maxStreams = 100;
  readonly #options: PoolOptions;
  /** Those that take new streams. */
  readonly #open: Http2TargetSession[] = [];

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get maxResponseHeadBytes(): number {
    return this.#options.limits.maxResponseHeadBytes;
  }

  get sweeper(): Sweeper {
    return this.#options.sweeper;
  }

  get connectTimeoutMs(): number {
    return this.#options.limits.connectTimeoutMs;
  }

  get idleMs(): number {
    return this.#options.limits.targetIdleMs;
  }

  acquire(fresh: boolean): TargetSide {
    const session = fresh ? this.#fresh() : this.#any();
    return new Http2TargetStream(session, () => this.#any());
  }

  #any(): Http2TargetSession {
    return this.#open.find((session) => session.hasRoom) ?? this.#connect();
  }

  /** One that is being made is as fresh as can be. */
  #fresh(): Http2TargetSession {
    const isFresh = (session: Http2TargetSession) => !session.isConnected && session.hasRoom;
    return this.#open.find(isFresh) ?? this.#connect();
  }

  #connect(): Http2TargetSession {
    const { dial, secure, sweeper } = this.#options;
    const session = new Http2TargetSession(dial(), this, secure);
    sweeper.add(session);
    this.#open.push(session);
    return session;
  }

  defect(error: unknown): void {
    this.#options.defect(error);
  }

  retired(session: Http2TargetSession): void {
    const at = this.#open.indexOf(session);
    if (at >= 0) this.#open.splice(at, 1);
  }

  /** Nothing new: sessions are closed when their exchanges have ended. */
  close(): void {
    for (const session of this.#open.splice(0)) session.retire();
  }
}
