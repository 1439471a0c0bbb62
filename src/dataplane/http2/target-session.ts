import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { INTERNAL_ERROR, NO_ERROR } from '../../http2/error-codes.ts';
import { Http2Session } from '../../http2/http2-session.ts';
import type { Http2Stream, StreamHandler } from '../../http2/http2-stream.ts';
import type { SessionEnd, SessionOwner } from '../../http2/session-options.ts';
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
  /** Streams that a session is given before its target has said how many it may have. */
  readonly expectedStreams: number;
  /** The target has said how many streams a session may have. */
  learned(maxStreams: number): void;
  /** As `ExchangeContext.defect`. */
  defect(error: unknown): void;
  /** The session takes no more streams. */
  retired(session: Http2TargetSession): void;
}

/** A stream that waits for its session to be connected. */
export interface SessionUser {
  sessionReady(): void;
  /** The target allows fewer streams than there are; the place is taken back. */
  sessionFull(): void;
  sessionFailed(failure: TargetFailure): void;
}

/** How long a target may take to take what is left when all is over. */
const LINGER_MS = 2_000;
/**
 * A target counts the streams that are reset, too, and ends the connection of whom it takes for an attacker,
 * with all that is on it (nghttp2: 1,000 in a row, others far fewer). So another client's resets would end
 * everybody's: after this many the next requests go over a new connection.
 */
const MAX_CANCELLED = 200;
/** A stream is given up, and for so long nothing has come on any: is the target still there? */
const QUIET_MS = 1_000;
/** How long a target may take to answer that. */
const PING_TIMEOUT_MS = 3_000;
/** Servers of gRPC end connections that say nothing but PING. */
const PING_PAUSE_MS = 30_000;

/** One HTTP/2 connection to a target, with prior knowledge or chosen by ALPN, shared by many exchanges. */
export class Http2TargetSession implements SessionOwner, Sweepable {
  /** Looked at in every round: there are few. */
  readonly dueAt = 0;
  /** The target's SETTINGS have come: before that nobody knows how many streams it takes. */
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
  #cancelled = 0;
  #isRetired = false;
  /** What it is when the connection ends now. */
  failure: TargetFailure = 'connect';
  #connectBy: number;
  #idleAt = Number.POSITIVE_INFINITY;
  #heardAt = 0;
  /** When the target was asked whether it is there, and when it may be asked again. */
  #askedAt = Number.POSITIVE_INFINITY;
  #mayAskAt = 0;
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
    this.failure = 'unused';
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
    if (this.#isRetired || this.#session?.isCongested) return false;
    return this.#streams < (this.isConnected ? this.#maxStreams : this.#owner.expectedStreams);
  }

  /** Without any there would be a session for each request, and none of use. */
  get #maxStreams(): number {
    return Math.max(this.#session!.peerMaxStreams, 1);
  }

  /** Takes a place, to be given back with `release`. */
  join(user: SessionUser): void {
    this.#streams++;
    this.uses++;
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
    const stream = this.#session!.request(fields, neverIndexed, endStream, handler);
    // Identifiers are not used twice (RFC 9113 §5.1.1).
    if (!this.#session!.takesRequests) this.retire();
    return stream;
  }

  /** Whether the target takes a head as large as this one. */
  takesFields(fields: readonly string[]): boolean {
    return this.#session!.takesFields(fields);
  }

  /** @param wasGivenUp its stream was reset by us */
  release(user: SessionUser, wasGivenUp: boolean): void {
    this.#waiting.delete(user);
    if (--this.#streams === 0) {
      this.#idleAt = this.#now + this.#owner.idleMs;
      if (this.#isRetired) this.#giveUp();
    }
    if (wasGivenUp) this.#cancelledOne();
  }

  /**
   * A stream was given up, which may be the only sign that the path to the target is dead: as long as
   * clients give up before the idle timeout, nothing else ends.
   */
  #cancelledOne(): void {
    if (++this.#cancelled === MAX_CANCELLED) this.retire();
    const now = this.#now;
    if (now < this.#mayAskAt || now - this.#heardAt < QUIET_MS || Number.isFinite(this.#askedAt)) {
      return;
    }
    this.#askedAt = now;
    this.#session!.ping(() => {
      this.#askedAt = Number.POSITIVE_INFINITY;
      this.#mayAskAt = this.#now + PING_PAUSE_MS;
    });
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
      if (now < this.#connectBy && now < this.#idleAt) return;
      if (this.failure === 'unused') this.failure = 'connect';
      this.#socket.destroy();
      return;
    }
    if (now >= this.#idleAt) this.retire();
    // Whoever sends a lot may not have come to the answer yet.
    if (now >= this.#askedAt + PING_TIMEOUT_MS && this.#heardAt <= this.#askedAt) this.retire();
    this.#session!.check(now);
  }

  get #now(): number {
    return this.#owner.sweeper.coarseNow;
  }

  #giveUp(): void {
    if (this.isConnected) this.#session!.shutdown();
    else this.#socket.destroy();
  }

  // --- what the session says ----------------------------------------------------------------

  settingsChanged(): void {
    this.#owner.learned(this.#maxStreams);
    if (this.isConnected) return;
    this.isConnected = true;
    this.failure = 'closed';
    let ready = 0;
    for (const user of this.#waiting) {
      this.#waiting.delete(user);
      if (ready++ < this.#maxStreams) {
        user.sessionReady();
      } else {
        this.#streams--;
        user.sessionFull();
      }
    }
  }

  goingAway(): void {
    this.retire();
  }

  ending({ code, error }: SessionEnd): void {
    if (code === INTERNAL_ERROR) this.defect(error);
    else if (code !== NO_ERROR) {
      // Before its SETTINGS: it speaks something else, and was sent nothing.
      this.failure = this.isConnected ? 'protocol' : 'handshake';
    }
    this.#destroyAt = this.#now + LINGER_MS;
    this.#over();
  }

  defect(error: unknown): void {
    this.#owner.defect(error);
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
