import { Http2TargetSession, type TargetSessionOwner } from '../http2/target-session.ts';
import { Http2TargetStream } from '../http2/target-stream.ts';
import type { Sweeper } from '../sweeper.ts';
import type { PoolOptions } from './connection-pool.ts';
import type { TargetTransport } from './target-runtime.ts';
import type { TargetPool, TargetSide } from './target-side.ts';

/** Streams of a session of which its target has not said yet how many it takes; most take so many. */
const ASSUMED_STREAMS = 100;

/**
 * The HTTP/2 sessions with one target: as few as carry its requests, which is one unless the target
 * allows fewer streams at a time than there are. The first with room is used, so that the others
 * become idle and go.
 */
export class Http2Pool implements TargetTransport, TargetPool, TargetSessionOwner {
  readonly #options: PoolOptions;
  /** Those that take new streams. */
  readonly #open: Http2TargetSession[] = [];
  #isClosed = false;
  expectedStreams = ASSUMED_STREAMS;

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
    const { limits, keptRoom, kept } = this.#options;
    return this.#isClosed || !keptRoom.hasRoomFor(kept) ? 0 : limits.targetIdleMs;
  }

  acquire(failed?: TargetSide): TargetSide {
    const session = failed instanceof Http2TargetStream ? failed.session : undefined;
    return new Http2TargetStream(this, this.sessionBeside(session));
  }

  /** One with room, which is not `other`. */
  sessionBeside(other: Http2TargetSession | undefined): Http2TargetSession {
    for (const session of this.#open) if (session !== other && session.hasRoom) return session;
    return this.#connect();
  }

  learned(maxStreams: number): void {
    this.expectedStreams = maxStreams;
  }

  #connect(): Http2TargetSession {
    const { dial, secure, sweeper, keptRoom, kept } = this.#options;
    const session = new Http2TargetSession(dial(), this, secure);
    sweeper.add(session);
    this.#open.push(session);
    // From its beginning, whether there is room or not: beyond that it ends with its last stream.
    keptRoom.take(kept);
    return session;
  }

  defect(error: unknown): void {
    this.#options.defect(error);
  }

  retired(session: Http2TargetSession): void {
    const at = this.#open.indexOf(session);
    if (at < 0) return;
    this.#open.splice(at, 1);
    this.#options.keptRoom.giveBack(this.#options.kept);
  }

  /** Nothing new: sessions are closed when their exchanges have ended. */
  close(): void {
    this.#isClosed = true;
    for (const session of [...this.#open]) session.retire();
  }
}
