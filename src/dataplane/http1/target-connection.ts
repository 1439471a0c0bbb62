import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ForwardedRequest } from '../forwarded-request.ts';
import type { Sweepable } from '../sweeper.ts';
import type { TargetFailure, TargetSide, TargetUser } from '../target/target-side.ts';
import type { WayLines } from '../way-lines.ts';
import { BodyReader } from './body-reader.ts';
import { chunkHead, LAST_CHUNK } from './chunk-encoding.ts';
import { CoalescingWriter } from './coalescing-writer.ts';
import { forwardedRequestHead } from './forwarded-request-head.ts';
import { CHUNKED } from './framing.ts';
import { hasBareLineFeed } from './header-lines.ts';
import { parseResponseHead } from './response-head.ts';

/** Who keeps the connection while nobody uses it. */
export interface ConnectionOwner {
  readonly maxResponseHeadBytes: number;
  released(connection: TargetConnection): void;
  closed(connection: TargetConnection): void;
}

const HEAD_END = '\r\n\r\n';
/** Up to this size a chunk is turned into text as a whole; of larger ones only the head is. */
const SMALL_CHUNK = 8192;

/** One HTTP/1.1 connection to a target: one exchange at a time, kept in between. */
export class TargetConnection implements TargetSide, Sweepable {
  #writer: CoalescingWriter;
  dueAt = Number.POSITIVE_INFINITY;
  isConnected = false;
  isClosed = false;
  /** Whether its owner keeps it unused. */
  isIdle = false;
  /** Exchanges that were begun on it. */
  uses = 0;
  /** TCP, or TLS over it once that is connected. */
  #socket: Socket;
  readonly #owner: ConnectionOwner;
  readonly #reader = new BodyReader();
  #user: TargetUser | undefined;
  #partialHead = '';
  #inBody = false;
  #keepAlive = true;
  #isChunked = false;

  /** @param secure begins TLS on the connected socket; absent: the connection is in the clear */
  constructor(socket: Socket, owner: ConnectionOwner, secure?: (socket: Socket) => TLSSocket) {
    this.#socket = socket;
    this.#owner = owner;
    this.#writer = new CoalescingWriter(socket);
    socket.setNoDelay(true);
    socket.on('error', () => this.#fail(this.isConnected ? 'closed' : 'connect'));
    socket.on('close', () => this.#fail(this.isConnected ? 'closed' : 'connect'));
    if (secure === undefined) {
      socket.on('connect', () => this.#connected());
      this.#read(socket);
    } else {
      // Only then: TLS over a socket that connects later would go through JavaScript twice.
      socket.on('connect', () => this.#secure(secure(socket)));
    }
  }

  #secure(socket: TLSSocket): void {
    this.#socket = socket;
    this.#writer = new CoalescingWriter(socket);
    socket.on('secureConnect', () => this.#connected());
    socket.on('error', () => this.#fail(this.isConnected ? 'closed' : 'handshake'));
    this.#read(socket);
  }

  #read(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#data(chunk));
    socket.on('drain', () => this.#user?.targetDrained());
    socket.on('end', () => this.#ended());
  }

  /** Begins an exchange; `targetReady` follows, at once when connected. */
  begin(user: TargetUser): void {
    this.#user = user;
    this.isIdle = false;
    this.uses++;
    if (this.isConnected) user.targetReady();
  }

  requestHead(
    head: ForwardedRequest,
    clientAddress: string,
    requestId: string,
    callerLines: string,
    way: WayLines,
  ): void {
    this.#isChunked = head.bodyLength === CHUNKED;
    this.#writer.text(forwardedRequestHead(head, clientAddress, requestId, callerLines, way));
  }

  requestData(chunk: Buffer, start: number, end: number): void {
    const writer = this.#writer;
    if (!this.#isChunked) {
      writer.data(chunk, start, end);
      return;
    }
    writer.text(chunkHead(end - start));
    writer.data(chunk, start, end);
    writer.text('\r\n');
  }

  requestEnd(): void {
    if (this.#isChunked) this.#writer.text(LAST_CHUNK);
  }

  flush(): boolean {
    return this.#writer.flush();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Gives the connection up without telling its user. */
  destroy(): void {
    this.#user = undefined;
    if (this.isClosed) return;
    this.isClosed = true;
    this.#owner.closed(this);
    this.#socket.destroy();
  }

  /** Connecting took too long, or nobody wanted it for too long. */
  due(): void {
    this.#fail(this.isConnected ? 'closed' : 'connect');
  }

  #connected(): void {
    this.isConnected = true;
    this.dueAt = Number.POSITIVE_INFINITY;
    this.#user?.targetReady();
  }

  #fail(failure: TargetFailure): void {
    const user = this.#user;
    this.destroy();
    user?.targetFailed(failure);
  }

  #ended(): void {
    if (this.#inBody && this.#reader.endsWithConnection) this.#complete(false);
    else this.#fail('closed');
  }

  #data(chunk: Buffer): void {
    let offset = 0;
    while (!this.#inBody) {
      // Bytes that nobody asked for: the target is confused, or answers a request that was not made.
      if (this.#user === undefined) {
        this.destroy();
        return;
      }
      offset = this.#readHead(chunk, offset);
      if (offset < 0) return;
      if (!this.#inBody && offset === chunk.length) return;
    }
    this.#body(chunk, offset);
  }

  /** Returns the offset behind a complete head; -1 when there is none (yet). */
  #readHead(chunk: Buffer, start: number): number {
    let text: string;
    if (this.#partialHead === '' && chunk.length - start > SMALL_CHUNK) {
      const end = chunk.indexOf(HEAD_END, start, 'latin1');
      text = chunk.toString('latin1', start, end < 0 ? chunk.length : end + 4);
    } else {
      text = this.#partialHead + chunk.toString('latin1', start, chunk.length);
    }
    const textStart = start - this.#partialHead.length;
    const end = text.indexOf(HEAD_END);
    if (
      end < 0
        ? text.length >= this.#owner.maxResponseHeadBytes
        : end > this.#owner.maxResponseHeadBytes
    ) {
      this.#fail('protocol');
      return -1;
    }
    if (end < 0) {
      if (mayBecomeHead(text)) this.#partialHead = text;
      else this.#fail('protocol');
      return -1;
    }
    this.#partialHead = '';
    const head = parseResponseHead(text, 0, end + 4);
    // 101: an upgrade that was not asked for, since Upgrade is never forwarded.
    if (head === undefined || head.statusCode === 101) {
      this.#fail('protocol');
      return -1;
    }
    const user = this.#user!;
    if (head.statusCode < 200) {
      user.targetInterim(head);
    } else {
      this.#keepAlive = head.keepAlive;
      this.#reader.begin(user.targetHead(head) ? 0 : head.bodyLength);
      this.#inBody = true;
    }
    return this.#user === undefined ? -1 : textStart + end + 4;
  }

  #body(chunk: Buffer, start: number): void {
    const user = this.#user;
    if (user === undefined) return;
    const end = this.#reader.push(chunk, start, user);
    // The user may have given the connection up while it got the bytes.
    if (this.#user === undefined) return;
    if (end < 0) this.#fail('protocol');
    else if (this.#reader.done) this.#complete(end === chunk.length && this.#keepAlive);
    else user.targetPause();
  }

  #complete(mayKeep: boolean): void {
    const user = this.#user;
    this.#user = undefined;
    this.#inBody = false;
    // The end first: it tells whether the request was sent, and the next exchange may then use this connection.
    const requestSent = user?.targetEnd() ?? false;
    if (this.isClosed) return;
    if (mayKeep && requestSent) this.#owner.released(this);
    else this.destroy();
  }
}

const HEAD_BEGIN = 'HTTP/1.';

/** Whether it is worth waiting for the rest: what speaks no HTTP/1 may never send the end of a head. */
function mayBecomeHead(text: string): boolean {
  const isBegun =
    text.length < HEAD_BEGIN.length ? HEAD_BEGIN.startsWith(text) : text.startsWith(HEAD_BEGIN);
  return isBegun && !hasBareLineFeed(text);
}
