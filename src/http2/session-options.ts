import type { Http2Stream } from './http2-stream.ts';
import type { SessionLimits } from './session-limits.ts';
import type { Transport } from './transport.ts';
import type { Flushable } from './turn-end.ts';

/** Whose session it is. */
export interface SessionOwner {
  /** The peer has said what it allows, for the first time or anew. */
  settingsChanged(): void;
  /** The peer takes no new streams. */
  goingAway(): void;
  /** The last call, before the streams that are left are `lost`: nothing is read or written any more. */
  ending(end: SessionEnd): void;
  /** Somebody who was told of something has thrown, which ends a stream at most: the others are told all the same. */
  defect(error: unknown): void;
}

/** Who takes a server's requests. */
export interface RequestReceiver {
  /**
   * Sets the stream's handler, unless the rest of it is of no interest.
   * @param fields pseudo-header fields first; well-formed (RFC 9113 §8)
   * @param isEnded nothing follows
   */
  request(stream: Http2Stream, fields: string[], isEnded: boolean): void;
  /** One was reset that is malformed or too large. @param fields as far as they were kept */
  requestRefused(fields: readonly string[], isTooLarge: boolean): void;
}

export interface SessionEnd {
  /** Of the GOAWAY that was sent. */
  readonly code: number;
  /** Why, where it is not the normal end. */
  readonly error: unknown;
}

export interface SessionOptions {
  readonly transport: Transport;
  readonly owner: SessionOwner;
  /** Of a server; a client has none. */
  readonly requests?: RequestReceiver;
  readonly limits: SessionLimits;
  /** Monotonic, ms; coarse is good enough. */
  readonly clock: () => number;
  /** Has `flush` called before the event loop waits for the next event. */
  readonly flushSoon: (session: Flushable) => void;
}
