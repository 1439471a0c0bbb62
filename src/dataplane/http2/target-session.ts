import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Sweepable, Sweeper } from '../sweeper.ts';
import type { TargetFailure } from '../target/target-side.ts';

/** Who keeps sessions for further streams. */
export interface SessionOwner {
  readonly sweeper: Sweeper;
  readonly maxResponseHeadBytes: number;
  /** How long a session without streams is kept. */
  readonly idleMs: number;
  /** The session takes no more streams. */
  retired(session: Http2TargetSession): void;
}

/** A stream that waits for its session to be connected. */
export interface SessionUser {
  sessionReady(): void;
  sessionFailed(failure: TargetFailure): void;
}

/** What node:http2 assumes, and most servers allow, until the target has said what it allows. */
const ASSUMED_STREAMS = 100;
/** What a target may send ahead on all streams together; each stream has the protocol's 64 KiB. */
const CONNECTION_WINDOW_BYTES = 1024 * 1024;
const MAX_FIELDS = 1000;

/** One HTTP/2 connection to a target, with prior knowledge or chosen by ALPN, shared by many exchanges. */
export class Http2TargetSession implements Sweepable {
  dueAt = Number.POSITIVE_INFINITY;
  isConnected = false;
  /** Streams that were begun on it. */
  uses = 0;
  readonly scheme: 'http' | 'https';
  readonly #owner: SessionOwner;
  /** TCP, also below TLS. */
  readonly #socket: Socket;
  /** There once the connection speaks HTTP/2. */
  #session: ClientHttp2Session | undefined;
  readonly #waiting = new Set<SessionUser>();
  #streams = 0;
  #maxStreams = ASSUMED_STREAMS;
  #isRetired = false;
  /** What it is when the connection ends before it can be used. */
  #failure: TargetFailure = 'connect';

  /** @param secure begins TLS on the connected socket; absent: the connection is in the clear */
  constructor(socket: Socket, owner: SessionOwner, secure?: (socket: Socket) => TLSSocket) {
    this.#owner = owner;
    this.#socket = socket;
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
    const { connect } = process.getBuiltinModule('node:http2');
    // The address is only a form: the connection is there already, and who is meant is in :authority.
    const options = {
      createConnection: () => socket,
      settings: { enablePush: false, maxHeaderListSize: this.#owner.maxResponseHeadBytes },
      maxHeaderListPairs: MAX_FIELDS,
      // Which fields may come twice is for clients and targets to know.
      strictSingleValueFields: false,
    };
    const session = connect(`${this.scheme}://target`, options);
    this.#session = session;
    session.on('connect', () => this.#connected());
    session.on('remoteSettings', ({ maxConcurrentStreams }) => {
      // Without any there would be a session for each request, and none of use.
      if (maxConcurrentStreams !== undefined) this.#maxStreams = Math.max(maxConcurrentStreams, 1);
    });
    session.on('goaway', () => this.retire());
    session.on('error', () => {});
    session.on('close', () => this.#closed());
  }

  get hasRoom(): boolean {
    const session = this.#session;
    if (session?.closed || session?.destroyed) return false;
    return this.#streams < this.#maxStreams;
  }

  /** Takes a place, to be given back with `release`. */
  join(user: SessionUser): void {
    this.uses++;
    this.#streams++;
    if (this.isConnected) {
      user.sessionReady();
      return;
    }
    this.#waiting.add(user);
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
    if (--this.#streams > 0 || !this.isConnected) return;
    this.dueAt = this.#owner.sweeper.coarseNow + this.#owner.idleMs;
  }

  /** Takes no more streams, and ends when those that it has are over. */
  retire(): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    this.#owner.retired(this);
    if (this.isConnected) this.#session!.close();
    else if (this.#streams === 0) this.#giveUp();
  }

  /** Connecting took too long, or nobody wanted it for too long. */
  due(): void {
    if (!this.isConnected) this.#giveUp();
    else if (this.#streams === 0) this.retire();
    else this.dueAt = Number.POSITIVE_INFINITY;
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
    for (const user of this.#waiting) user.sessionReady();
    this.#waiting.clear();
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
