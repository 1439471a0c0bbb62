import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { ConnectionError, INTERNAL_ERROR } from '../../http2/error-codes.ts';
import { HpackError } from '../../http2/hpack/hpack-error.ts';
import { Http2Session, type SessionEnd, type SessionOwner } from '../../http2/http2-session.ts';
import type { Http2Stream, StreamHandler } from '../../http2/http2-stream.ts';
import { SocketTransport } from '../../http2/socket-transport.ts';
import type { Sweepable, Sweeper } from '../sweeper.ts';
import type { TargetFailure } from '../target/target-side.ts';
import { flushSoon } from './flush-soon.ts';
import { targetSessionLimits } from './session-limits.ts';

/** Who keeps sessions for further streams. */
export interface TargetSessionOwner {
  readonly sweeper: Sweeper;
  readonly maxResponseHeadBytes: number;
  readonly connectTimeoutMs: number;
  /** How long a session without streams is kept. */
  readonly idleMs: number;
  /** Streams that the target allows on one session, as far as is known. */
  maxStreams: number;
  /** As `ExchangeContext.defect`. */
  defect(error: unknown): void;
  /** The session takes no more streams. */
  retired(session: Http2TargetSession): void;
}

/** A stream that waits for its session to be connected. */
export interface SessionUser {
  sessionReady(): void;
  /** The session takes fewer streams than was thought: there has to be another. */
  sessionFull(): void;
  sessionFailed(failure: TargetFailure): void;
}

/** A session on which nothing was heard for so long, while somebody waited in vain, is asked whether it lives… */
const QUIET_MS = 1_000;
/** …and takes no more streams when it has not said so in time. */
const PING_TIMEOUT_MS = 3_000;
/** How long a target may take to take what is left when all is over. */
const LINGER_MS = 2_000;
/** Streams that may be given up before another session is made: targets end one that does it too often. */
const MAX_RESETS = 500;

/** One HTTP/2 connection to a target, with prior knowledge or chosen by ALPN, shared by many exchanges. */
export class Http2TargetSession implements SessionOwner, Sweepable {
  /** Looked at in every round: there are few. */
  readonly dueAt = 0;
  /** The target has said what it allows. */
  isConnected = false;
  /** Streams that were begun on it. */
  uses = 0;
  readonly scheme: 'http' | 'https';
  readonly #owner: TargetSessionOwner;
  /** TCP, also below TLS. */
  readonly #socket: Socket;
  /** There once the connection speaks HTTP/2. */
  #session: Http2Session | undefined;
  readonly #waiting = new Set<SessionUser>();
  #streams = 0;
  #resets = 0;
  #isRetired = false;
  /** What it is when the connection ends now. */
  failure: TargetFailure = 'connect';
  #connectBy: number;
  #idleAt = Number.POSITIVE_INFINITY;
  #heardAt = 0;
  #answerBy = Number.POSITIVE_INFINITY;
  #destroyAt = Number.POSITIVE_INFINITY;

  /** @param secure begins TLS on the connected socket; absent: the connection is in the clear */
  constructor(socket: Socket, owner: TargetSessionOwner, secure?: (socket: Socket) => TLSSocket) {
    this.#owner = owner;
    this.#socket = socket;
    this.scheme = secure === undefined ? 'http' : 'https';
    this.#connectBy = owner.sweeper.now() + owner.connectTimeoutMs;
    socket.setNoDelay(true);
    // 'close' follows, and tells all that matters.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    socket.on('connect', () => {
      if (secure === undefined) this.#begin(socket);
      else this.#secure(secure(socket));
    });
  }

  #secure(socket: TLSSocket): void {
    this.failure = 'handshake';
    socket.on('error', () => this.#socket.destroy());
    socket.on('secureConnect', () => {
      // What did not agree to HTTP/2 would take its preface for something else.
      if (socket.alpnProtocol === 'h2') this.#begin(socket);
      else this.#socket.destroy();
    });
  }

  #begin(socket: Socket): void {
    this.failure = 'closed';
    const { sweeper, maxResponseHeadBytes } = this.#owner;
    const session = new Http2Session({
      transport: new SocketTransport(socket),
      owner: this,
      limits: targetSessionLimits(maxResponseHeadBytes),
      clock: () => sweeper.coarseNow,
      flushSoon,
    });
    this.#session = session;
    socket.on('data', (chunk: Buffer) => {
      this.#heardAt = sweeper.coarseNow;
      session.receive(chunk);
    });
    socket.on('drain', () => session.drained());
    socket.on('end', () => this.#socket.destroy());
  }

  get hasRoom(): boolean {
    if (this.#isRetired || this.#streams >= this.#maxStreams) return false;
    return this.#session === undefined || !this.#session.isCongested;
  }

  /** Without any there would be a session for each request, and none of use. */
  get #maxStreams(): number {
    const max = this.#session?.hasPeerSettings
      ? this.#session.peerMaxStreams
      : this.#owner.maxStreams;
    return Math.max(max, 1);
  }

  /** Takes a place, to be given back with `release`. */
  join(user: SessionUser): void {
    this.#streams++;
    this.#idleAt = Number.POSITIVE_INFINITY;
    if (this.isConnected) user.sessionReady();
    else this.#waiting.add(user);
  }

  request(
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    endStream: boolean,
    handler: StreamHandler,
  ): Http2Stream {
    this.uses++;
    const stream = this.#session!.request(fields, neverIndexed, endStream, handler);
    // Identifiers are not used twice (RFC 9113 §5.1.1).
    if (!this.#session!.takesRequests) this.retire();
    return stream;
  }

  /** @param wasGivenUp its stream was reset by us */
  release(user: SessionUser, wasGivenUp: boolean): void {
    this.#waiting.delete(user);
    if (--this.#streams === 0) {
      this.#idleAt = this.#now + this.#owner.idleMs;
      if (this.#isRetired) this.#giveUp();
    }
    if (!wasGivenUp) return;
    if (++this.#resets >= MAX_RESETS) this.retire();
    else this.#askWhetherItLives();
  }

  /** Takes no more streams, and ends when those that it has are over. */
  retire(): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    this.#owner.retired(this);
    if (this.#streams === 0) this.#giveUp();
  }

  due(now: number): void {
    if (now >= this.#destroyAt) this.#socket.destroy();
    if (!this.isConnected) {
      if (now >= this.#connectBy || now >= this.#idleAt) this.#socket.destroy();
      return;
    }
    // What nobody wanted for too long, and what may be dead.
    if (now >= this.#idleAt || now >= this.#answerBy) this.retire();
    this.#session!.check(now);
  }

  get #now(): number {
    return this.#owner.sweeper.coarseNow;
  }

  #giveUp(): void {
    if (this.isConnected) this.#session!.shutdown();
    else this.#socket.destroy();
  }

  #askWhetherItLives(): void {
    const now = this.#now;
    if (now - this.#heardAt < QUIET_MS || this.#answerBy !== Number.POSITIVE_INFINITY) return;
    this.#answerBy = now + PING_TIMEOUT_MS;
    this.#session?.ping(() => {
      this.#answerBy = Number.POSITIVE_INFINITY;
    });
  }

  // --- what the session says ----------------------------------------------------------------

  settingsChanged(): void {
    this.#owner.maxStreams = this.#session!.peerMaxStreams;
    if (this.isConnected) return;
    this.isConnected = true;
    let room = this.#maxStreams;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const user of waiting) {
      if (room-- > 0) user.sessionReady();
      else user.sessionFull();
    }
  }

  goingAway(): void {
    this.retire();
  }

  ending({ code, error }: SessionEnd): void {
    if (code === INTERNAL_ERROR) this.#owner.defect(error);
    if (error instanceof ConnectionError || error instanceof HpackError) this.failure = 'protocol';
    this.#destroyAt = this.#now + LINGER_MS;
    this.#over();
  }

  #closed(): void {
    this.#owner.sweeper.remove(this);
    this.#session?.lost();
    this.#over();
  }

  #over(): void {
    this.#isRetired = true;
    this.#owner.retired(this);
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const user of waiting) user.sessionFailed(this.failure);
  }
}
