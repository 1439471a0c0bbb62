import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Sweepable, Sweeper } from '../sweeper.ts';
import type { TargetFailure } from '../target/target-side.ts';
import { MAX_SENT_HEAD_BYTES } from './fields.ts';

/** Who keeps sessions for further streams. */
export interface SessionOwner {
  readonly sweeper: Sweeper;
  readonly maxResponseHeadBytes: number;
  /** How long a session without streams is kept. */
  readonly idleMs: number;
  /** Streams that a session is given before its target has said how many it may have. */
  readonly expectedStreams: number;
  /** The target has said how many streams a session may have. */
  learned(maxStreams: number): void;
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

/** What a target may send ahead on all streams together; each stream has the protocol's 64 KiB. */
const CONNECTION_WINDOW_BYTES = 1024 * 1024;
const MAX_FIELDS = 1000;
/**
 * A target counts the streams that are reset, too, and ends the connection of whom it takes for an attacker,
 * with all that is on it (nghttp2: 1,000 in a row, others far fewer). So another client's resets would end
 * everybody's: after this many the next requests go over a new connection.
 */
const MAX_CANCELLED = 200;
/** Stream ids end after 2^30 requests (RFC 9113 §5.1.1); nothing is lost by ending well before. */
const MAX_USES = 2 ** 29;
/** A stream is given up, and for so long nothing has come on any: is the target still there? */
const QUIET_MS = 1_000;
/** How long a target may take to answer that. */
const PING_TIMEOUT_MS = 3_000;
/** Servers of gRPC end connections that say nothing but PING. */
const PING_PAUSE_MS = 30_000;

/** One HTTP/2 connection to a target, with prior knowledge or chosen by ALPN, shared by many exchanges. */
export class Http2TargetSession implements Sweepable {
  dueAt = Number.POSITIVE_INFINITY;
  /** The target's SETTINGS have come: before that nobody knows how many streams it takes. */
  isConnected = false;
  /** Streams that were begun on it. */
  uses = 0;
  readonly scheme: 'http' | 'https';
  readonly #owner: SessionOwner;
  /** TCP, also below TLS. */
  readonly #socket: Socket;
  /** What HTTP/2 is spoken on: TCP or TLS. */
  #carrier: Socket;
  /** There once the connection speaks HTTP/2. */
  #session: ClientHttp2Session | undefined;
  readonly #waiting = new Set<SessionUser>();
  #streams = 0;
  #maxStreams = 0;
  #cancelled = 0;
  #isRetired = false;
  #idleAt = Number.POSITIVE_INFINITY;
  /** When the answer to a PING has to be there. */
  #answerDueAt = Number.POSITIVE_INFINITY;
  /** What had come when it was last looked at, and since when it is no more than that. */
  #heardBytes = 0;
  #heardAt = 0;
  /** What it is when the connection ends before it can be used. */
  #failure: TargetFailure = 'connect';

  /** @param secure begins TLS on the connected socket; absent: the connection is in the clear */
  constructor(socket: Socket, owner: SessionOwner, secure?: (socket: Socket) => TLSSocket) {
    this.#owner = owner;
    this.#socket = socket;
    this.#carrier = socket;
    this.scheme = secure === undefined ? 'http' : 'https';
    // 'close' follows, and tells all that matters.
    socket.on('error', () => {});
    if (secure === undefined) {
      this.#begin(socket);
    } else {
      socket.on('close', () => this.#closed());
      socket.on('connect', () => this.#secure(secure(socket)));
    }
  }

  #secure(socket: TLSSocket): void {
    this.#failure = 'handshake';
    socket.on('error', () => this.#socket.destroy());
    socket.on('secureConnect', () => {
      // What did not agree to HTTP/2 would take its preface for something else.
      if (socket.alpnProtocol === 'h2') this.#begin(socket);
      else this.#socket.destroy();
    });
  }

  /** @param socket in the clear, it may still be connecting */
  #begin(socket: Socket): void {
    this.#carrier = socket;
    const { connect } = process.getBuiltinModule('node:http2');
    // The address is only a form: the connection is there already, and who is meant is in :authority.
    const options = {
      createConnection: () => socket,
      settings: { enablePush: false, maxHeaderListSize: this.#owner.maxResponseHeadBytes },
      maxHeaderListPairs: MAX_FIELDS,
      maxSendHeaderBlockLength: MAX_SENT_HEAD_BYTES,
      // Which fields may come twice is for clients and targets to know.
      strictSingleValueFields: false,
    };
    const session = connect(`${this.scheme}://target`, options);
    this.#session = session;
    session.on('connect', () => {
      this.#failure = 'unused';
    });
    session.on('remoteSettings', ({ maxConcurrentStreams = Number.POSITIVE_INFINITY }) => {
      // Without any there would be a session for each request, and none of use.
      this.#maxStreams = Math.max(maxConcurrentStreams, 1);
      this.#owner.learned(this.#maxStreams);
      if (!this.isConnected) this.#connected();
    });
    session.on('goaway', () => this.retire());
    session.on('error', ({ code }: NodeJS.ErrnoException) => {
      // It speaks something else.
      if (code === 'ERR_HTTP2_ERROR' && !this.isConnected) this.#failure = 'handshake';
    });
    session.on('close', () => this.#closed());
  }

  get hasRoom(): boolean {
    const session = this.#session;
    if (session?.closed || session?.destroyed) return false;
    return this.#streams < (this.isConnected ? this.#maxStreams : this.#owner.expectedStreams);
  }

  /** Takes a place, to be given back with `release`. */
  join(user: SessionUser): void {
    this.#streams++;
    if (++this.uses === MAX_USES) this.retire();
    if (this.isConnected) user.sessionReady();
    else this.#waiting.add(user);
  }

  request(
    fields: readonly string[],
    endStream: boolean,
    waitForTrailers: boolean,
  ): ClientHttp2Stream {
    return this.#session!.request(fields, { endStream, waitForTrailers });
  }

  release(user: SessionUser): void {
    this.#waiting.delete(user);
    if (--this.#streams === 0 && this.isConnected) this.#becomeIdle();
  }

  #becomeIdle(): void {
    this.#idleAt = this.#owner.sweeper.coarseNow + this.#owner.idleMs;
    this.#schedule();
  }

  #schedule(): void {
    this.dueAt = Math.min(this.#idleAt, this.#answerDueAt);
  }

  /**
   * A stream was given up, which may be the only sign that the path to the target is dead: as long as
   * clients give up before the idle timeout, nothing else ends.
   */
  cancelled(): void {
    if (++this.#cancelled === MAX_CANCELLED) this.retire();
    if (!this.isConnected || this.#session!.destroyed) return;
    const now = this.#owner.sweeper.coarseNow;
    const { bytesRead } = this.#carrier;
    if (bytesRead !== this.#heardBytes) {
      this.#heardBytes = bytesRead;
      this.#heardAt = now;
    } else if (now - this.#heardAt >= QUIET_MS && !Number.isFinite(this.#answerDueAt)) {
      this.#ping(now);
    }
  }

  #ping(now: number): void {
    this.#answerDueAt = now + PING_TIMEOUT_MS;
    this.#schedule();
    this.#session!.ping((error) => {
      if (error !== null) return;
      this.#answerDueAt = Number.POSITIVE_INFINITY;
      this.#heardBytes = this.#carrier.bytesRead;
      this.#heardAt = this.#owner.sweeper.coarseNow + PING_PAUSE_MS;
      this.#schedule();
    });
  }

  /** Takes no more streams, and ends when those that it has are over. */
  retire(): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    this.#owner.retired(this);
    if (this.isConnected) this.#session!.close();
    else if (this.#streams === 0) this.#giveUp();
  }

  /** Connecting took too long, nobody wanted it for too long, or a PING was not answered. */
  due(now: number): void {
    if (!this.isConnected) {
      if (this.#failure === 'unused') this.#failure = 'connect';
      this.#giveUp();
      return;
    }
    if (now >= this.#answerDueAt) {
      this.#answerDueAt = Number.POSITIVE_INFINITY;
      // Whoever sends a lot may not have come to the answer yet.
      if (this.#carrier.bytesRead === this.#heardBytes) this.retire();
    }
    if (now >= this.#idleAt) {
      this.#idleAt = Number.POSITIVE_INFINITY;
      if (this.#streams === 0) this.retire();
    }
    this.#schedule();
  }

  /** Ends what is not connected yet. */
  #giveUp(): void {
    if (this.#session === undefined) this.#socket.destroy();
    else this.#session.destroy();
  }

  #connected(): void {
    this.isConnected = true;
    this.dueAt = Number.POSITIVE_INFINITY;
    this.#session!.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
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
    // All that waited may have given up.
    if (this.#streams === 0) this.#becomeIdle();
    if (this.#isRetired) this.#session!.close();
  }

  #closed(): void {
    this.#owner.sweeper.remove(this);
    this.#isRetired = true;
    this.#owner.retired(this);
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const user of waiting) user.sessionFailed(this.#failure);
  }
}
