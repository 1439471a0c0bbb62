import type { ForwardedRequest, ForwardedResponse } from '../forwarded-request.ts';
import type { Trailers } from '../forwarded-trailers.ts';
import type { BodySink } from '../http1/body-sink.ts';
import type { WayLines } from '../way-lines.ts';

/**
 * What went wrong with a target, as far as retrying and the access log care. `connect`, `handshake` and
 * `unused` (it closed the connection): before anything of the request was sent. `refused`: it has said
 * that it did nothing with the request, which may be sent again whatever it is (RFC 9113 §8.7).
 */
export type TargetFailure = 'connect' | 'handshake' | 'unused' | 'refused' | 'closed' | 'protocol';

/** The exchange that a target's side works for. */
export interface TargetUser extends BodySink {
  /** Connected: the request may be written. Called at once when it is. */
  targetReady(): void;
  targetInterim(head: ForwardedResponse): void;
  /** Returns true when no body follows, whatever the head says. */
  targetHead(head: ForwardedResponse): boolean;
  /** The response is complete. Returns whether the request was, too, so that the connection may be kept. */
  targetEnd(trailers?: Trailers): boolean;
  /** No more for now: what was collected for the client is to be written. */
  targetPause(): void;
  /** It takes more of the request's body again. */
  targetDrained(): void;
  targetFailed(failure: TargetFailure): void;
  /** A mistake of ours has ended it. */
  failed(): void;
}

/** The target's side of one exchange: writes the request in the target's protocol, and can hold the response back. */
export interface TargetSide {
  /** Whether the request may be written. */
  readonly isConnected: boolean;
  /** How many exchanges were begun on the connection, with this one. */
  readonly uses: number;
  /** Begins an exchange; `targetReady` follows, at once when connected. */
  begin(user: TargetUser): void;
  /** Parameters as those of `forwardedRequestHead`. */
  requestHead(
    head: ForwardedRequest,
    clientAddress: string,
    requestId: string,
    callerLines: string,
    way: WayLines,
  ): void;
  requestData(chunk: Buffer, start: number, end: number): void;
  /** @param trailers of a client that speaks HTTP/2; HTTP/1.1 targets do not get them */
  requestEnd(trailers: Trailers | undefined): void;
  /** Writes what was collected; false when the target does not read fast enough. */
  flush(): boolean;
  pause(): void;
  resume(): void;
  /** Gives the exchange up without telling its user. `isDead`: the target has not answered in time. */
  destroy(isDead: boolean): void;
}

/** Hands out sides of one target. */
export interface TargetPool {
  /**
   * For one exchange.
   * @param failed what it had before, of this target or another: over HTTP/1.1 no kept connection is
   *   given then, since those may be dead as well; over HTTP/2 not the same session
   */
  acquire(failed?: TargetSide): TargetSide;
}
