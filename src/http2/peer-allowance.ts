import { Budget } from './budget.ts';
import { ConnectionError, ENHANCE_YOUR_CALM } from './error-codes.ts';
import type { SessionLimits } from './session-limits.ts';

const REFILL_RESETS_MS = 60_000;
const REFILL_FRAMES_MS = 10_000;
/** Frames beside those of messages that a head, of either side, lets the peer send: PINGs, priorities. */
const FRAMES_FOR_HEAD = 4;
/** Content that lets the peer send one more, so that single bytes do not. */
const BYTES_FOR_FRAME = 1024;
/** Some peers measure the path with a PING for each DATA frame that comes. */
const FRAMES_FOR_DATA_SENT = 1;
/** Times that a peer may open windows for each DATA frame that it gets, before that counts as doing nothing… */
const UPDATES_FOR_DATA = 10;
/** …and for those that it got before, since it may take them later. */
const MAX_UPDATES_EARNED = 10_000;
/** Requests that are begun for a peer in one turn of the event loop, before others have theirs. */
const REQUESTS_IN_TURN = 32;
/** Streams that it may waste in one: nobody is in a hurry with those. */
const RESETS_IN_TURN = 2;

/**
 * How much a peer may do of what is work for us and no message: frames that carry nothing, and streams
 * that it wastes. Messages earn it more. Whatever spends throws a `ConnectionError` when nothing is left.
 */
export class PeerAllowance {
  readonly #resets: Budget | undefined;
  readonly #controlFrames: Budget;
  readonly #clock: () => number;
  /** Times that the peer may open windows without any cost. */
  #updatesEarned = 0;
  /** Share of the turn that is used up. */
  #turnUsed = 0;

  /** @param isServer a client has chosen its server, and only it suffers from streams that are reset */
  constructor(isServer: boolean, limits: SessionLimits, clock: () => number) {
    const now = clock();
    this.#clock = clock;
    this.#controlFrames = new Budget(limits.maxControlFrames, REFILL_FRAMES_MS, now);
    if (isServer) this.#resets = new Budget(limits.maxStreamResets, REFILL_RESETS_MS, now);
  }

  /** The peer has had its share of this turn of the event loop, whatever else it has sent already. */
  get isTurnOver(): boolean {
    return this.#turnUsed >= 1;
  }

  beginTurn(): void {
    this.#turnUsed = 0;
  }

  /** A request was begun. */
  requestCame(): void {
    this.#turnUsed += 1 / REQUESTS_IN_TURN;
  }

  /** A head or trailers, of either side. */
  headPassed(): void {
    this.#controlFrames.earn(FRAMES_FOR_HEAD);
  }

  dataCame(bytes: number): void {
    this.#controlFrames.earn(bytes / BYTES_FOR_FRAME);
  }

  /** A frame of DATA was written. */
  dataSent(): void {
    this.#controlFrames.earn(FRAMES_FOR_DATA_SENT);
    this.#updatesEarned = Math.min(this.#updatesEarned + UPDATES_FOR_DATA, MAX_UPDATES_EARNED);
  }

  /** A frame has brought nothing of a message. */
  spendFrame(): void {
    if (!this.#controlFrames.spend(this.#clock())) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'too many frames that carry nothing');
    }
  }

  /** A window was opened. */
  spendUpdate(): void {
    if (this.#updatesEarned > 0) this.#updatesEarned--;
    else this.spendFrame();
  }

  /** Streams were wasted, or as much as that many. */
  spendReset(streams = 1): void {
    if (this.#resets === undefined) return;
    this.#turnUsed += streams / RESETS_IN_TURN;
    if (!this.#resets.spend(this.#clock(), streams)) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'too many streams were reset');
    }
  }

  /** Gives back one of the streams that the peer may reset. */
  forgiveReset(): void {
    this.#resets?.earn(1);
  }
}
