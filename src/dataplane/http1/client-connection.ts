import type { Socket } from 'node:net';
import { PortalDoor } from '../admission/portal-door.ts';
import type { ClientSession } from '../client-session.ts';
import { clientSource } from '../client-source.ts';
import type { ForwardedResponse } from '../forwarded-request.ts';
import { type ClientSide, type ExchangeContext, HttpExchange } from '../http-exchange.ts';
import type { DataPlaneLimits } from '../limits.ts';
import { listenTo } from '../listen-to.ts';
import { LOCAL_REPLIES, type LocalReply } from '../local-reply.ts';
import type { Refused } from '../refused-record.ts';
import type { Source, TlsFacts } from '../request-head.ts';
import type { Sweepable, Sweeper } from '../sweeper.ts';
import { BodyReader } from './body-reader.ts';
import type { BodySink } from './body-sink.ts';
import { chunkHead, LAST_CHUNK } from './chunk-encoding.ts';
import { CoalescingWriter } from './coalescing-writer.ts';
import {
  type ClientFraming,
  clientFraming,
  forwardedInterimHead,
  forwardedResponseHead,
} from './forwarded-response.ts';
import { hasBareLineFeed } from './header-lines.ts';
import { type Http1RequestHead, parseRequestHead } from './request-head.ts';

/** How connections come in: which VPC they are from and which listener port they asked for. */
export interface Entry {
  readonly vpcId: string;
  /**
   * Undefined for a portal of the loopback underlay: there the port is that of the request's
   * authority (80 without one), and CONNECT opens a way to another.
   */
  readonly listenerPort: number | undefined;
  /** What the client has declared as its address in the VPC; absent: the connection's own. */
  readonly address?: string;
}

export interface ClientConnectionOptions {
  readonly context: ExchangeContext;
  readonly limits: DataPlaneLimits;
  readonly sweeper: Sweeper;
  readonly entry: Entry;
  /** Of a connection over TLS; `socket` is the one of TCP below it, since TLS itself cannot be reset. */
  readonly tls?: TlsFacts & { readonly socket: Socket };
  /** A portal's CONNECT was answered: the socket, and what came behind the request, is for that entry now. */
  tunnelled(entry: Entry, received: Buffer): void;
  /** The client may not have what it asks a portal for: whoever hears this keeps the socket silent. */
  denied(): void;
  /** A request that could not be parsed: the log gets a record of it, too. */
  refused(refused: Refused): void;
}

const HEAD_END = '\r\n\r\n';
/** Before the lifetime ends, answers say `Connection: close`, so that no request meets the end. */
const LIFETIME_NOTICE_MS = 5_000;
/** How long a client may take to notice that we are done with it. */
const LINGER_MS = 2_000;

/**
 * One HTTP/1.x connection of a client: finds the requests in its bytes, runs one exchange at a time
 * (so pipelined requests are answered in order), and writes the responses.
 */
export class ClientConnection implements ClientSide, ClientSession, BodySink, Sweepable {
  dueAt: number;
  /** gRPC is HTTP/2. */
  readonly grpcStatus = undefined;
  readonly #socket: Socket;
  readonly #options: ClientConnectionOptions;
  readonly #writer: CoalescingWriter;
  readonly #reader = new BodyReader();
  readonly #expiresAt: number;
  #source: Source;
  /** Of a portal. */
  readonly #door: PortalDoor | undefined;
  #exchange: HttpExchange | undefined;
  #requestComplete = true;
  /** Text of a head that is not complete. */
  #partialHead = '';
  /** Bytes of the next requests, while one is being answered; reading is paused then. */
  #waiting: Buffer | undefined;
  #framing: ClientFraming | undefined;
  #minorVersion = 1;
  #method = '';
  #idleTimeoutMs: number;
  #isConsuming = false;
  #isPaused = false;
  /** The exchange cannot take more of the request. */
  #isRequestHeld = false;
  #isDraining = false;
  #isLingering = false;
  #isClosed = false;
  readonly #stopListening: () => void;

  constructor(socket: Socket, options: ClientConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#writer = new CoalescingWriter(socket);
    const { limits, sweeper, entry, tls } = options;
    const now = sweeper.coarseNow;
    this.#expiresAt = now + limits.connectionLifetimeMs;
    this.#idleTimeoutMs = limits.idleTimeoutMs;
    this.dueAt = now + Math.min(limits.headTimeoutMs, limits.connectionLifetimeMs);
    this.#source = clientSource(socket, entry, tls);
    if (entry.listenerPort === undefined) {
      this.#door = new PortalDoor(options.context.state, this.#source);
    }
    sweeper.add(this);
    this.#stopListening = listenTo(socket, {
      data: (chunk) => this.accept(chunk),
      drain: () => this.#drained(),
      end: () => this.#ended(),
      // 'close' follows, and tells all that matters.
      error: () => {},
      close: () => this.#closed(),
    });
  }

  get bytesWritten(): number {
    return this.#writer.bytes;
  }

  /** No request after the one that runs; closes at once when none does. */
  drain(): void {
    this.#isDraining = true;
    if (this.#exchange === undefined && this.#partialHead === '') this.#close();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  // --- requests -----------------------------------------------------------------------------

  /** Takes bytes of the client. */
  accept(chunk: Buffer): void {
    if (this.#isLingering || this.#isClosed) return;
    if (this.#exchange !== undefined) {
      this.#touch();
      this.#requestBytes(chunk);
    } else {
      this.#consume(chunk);
    }
  }

  /** Finds heads in bytes and starts their exchanges, one after the other. */
  #consume(first: Buffer): void {
    this.#isConsuming = true;
    let chunk = first;
    let offset = 0;
    // A loop, for answers made here end their exchange before the call returns.
    while (!this.#isLingering && !this.#isClosed) {
      // Who does not read the answers gets no more of them, or they would pile up here.
      if (this.#socket.writableNeedDrain && offset < chunk.length) {
        this.#waitWith(chunk.subarray(offset));
        break;
      }
      if (offset < chunk.length) {
        const next = this.#nextHead(chunk, offset);
        if (next < 0) break;
        offset = next;
      }
      if (this.#exchange !== undefined) break;
      if (offset >= chunk.length) {
        if (this.#waiting === undefined) break;
        chunk = this.#waiting;
        this.#waiting = undefined;
        offset = 0;
      }
    }
    this.#isConsuming = false;
    if (this.#exchange === undefined && !this.#isLingering && !this.#isClosed) {
      if (this.#partialHead === '') this.#touch();
      this.#resume();
    }
  }

  /** Returns the offset behind what was taken; -1 when there is nothing more to do with the chunk. */
  #nextHead(chunk: Buffer, start: number): number {
    const { limits } = this.#options;
    const partialLength = this.#partialHead.length;
    const text = this.#partialHead + chunk.toString('latin1', start, chunk.length);
    let headStart = 0;
    // RFC 9112 §2.2: empty lines before a request are ignored.
    while (text.charCodeAt(headStart) === 13 && text.charCodeAt(headStart + 1) === 10)
      headStart += 2;
    const end = text.indexOf(HEAD_END, Math.max(headStart, partialLength - 3));
    if (end < 0) {
      this.#incompleteHead(text.slice(headStart));
      return -1;
    }
    this.#partialHead = '';
    const headEnd = end + HEAD_END.length;
    if (headEnd - headStart > limits.maxHeadBytes) {
      this.refuse(LOCAL_REPLIES.headTooLarge, text.length);
      return -1;
    }
    const head = parseRequestHead(text, headStart, headEnd, limits.maxHeaderCount);
    if (head === undefined) {
      this.refuse(LOCAL_REPLIES.malformedRequest, text.length);
      return -1;
    }
    const offset = start + headEnd - partialLength;
    if (head.method === 'CONNECT') {
      this.#connect(head, chunk.subarray(offset));
      return -1;
    }
    this.#begin(head);
    if (offset < chunk.length && (this.#exchange !== undefined || !this.#requestComplete)) {
      this.#requestBytes(offset === 0 ? chunk : chunk.subarray(offset));
      return chunk.length;
    }
    return offset;
  }

  #incompleteHead(text: string): void {
    if (text.length > this.#options.limits.maxHeadBytes || hasBareLineFeed(text)) {
      this.#partialHead = '';
      this.refuse(LOCAL_REPLIES.malformedRequest, text.length);
      return;
    }
    // The time runs from the first byte: a client that sends one byte a second gains nothing.
    if (this.#partialHead === '' && text !== '') {
      this.#dueIn(this.#options.limits.headTimeoutMs);
    }
    this.#partialHead = text;
  }

  #begin(head: Http1RequestHead): void {
    if (this.#door !== undefined && !this.#enter(this.#door, head)) return;
    if (head.minorVersion === 0 || this.#isDraining || this.#isExpiring()) head.keepAlive = false;
    this.#method = head.method;
    this.#minorVersion = head.minorVersion;
    this.#requestComplete = head.bodyLength === 0;
    this.#reader.begin(head.bodyLength);
    const exchange = new HttpExchange(this.#options.context, this, head, this.#source);
    this.#exchange = exchange;
    exchange.start();
    this.#idleTimeoutMs = exchange.idleTimeoutMs ?? this.#idleTimeoutMs;
    // It may have ended already.
    if (this.#exchange === undefined) return;
    this.#touch();
    // A body that began in bytes that had to wait goes on in the socket.
    if (!this.#requestComplete) this.#resume();
  }

  #enter(door: PortalDoor, head: Http1RequestHead): boolean {
    const entering = door.enter(head);
    if (entering === 'denied') {
      this.#letGo();
      this.#options.denied();
      return false;
    }
    if ('reply' in entering) {
      this.refuse(entering.reply, head.byteLength);
      return false;
    }
    this.#source = entering.source;
    return true;
  }

  /** Bytes while an exchange runs: of its body, and then of requests that have to wait. */
  #requestBytes(chunk: Buffer): void {
    let offset = 0;
    if (!this.#requestComplete) {
      offset = this.#reader.push(chunk, 0, this);
      if (offset < 0) {
        this.#exchange?.clientFailed();
        return;
      }
      if (this.#reader.done) {
        this.#requestComplete = true;
        this.#exchange?.requestEnd();
      } else {
        this.#exchange?.requestPause();
      }
    }
    if (offset < chunk.length && !this.#isLingering) this.#waitWith(chunk.subarray(offset));
  }

  #waitWith(rest: Buffer): void {
    this.#waiting = this.#waiting === undefined ? rest : Buffer.concat([this.#waiting, rest]);
    this.#pause();
  }

  bodyData(chunk: Buffer, start: number, end: number): void {
    this.#exchange?.bodyFromClient(chunk, start, end);
  }

  /** A portal's CONNECT: what follows is a connection to that port (RFC 9110 §9.3.6). */
  #connect(head: Http1RequestHead, rest: Buffer): void {
    const { authorityPort: listenerPort } = head;
    const door = this.#door;
    if (door === undefined || head.bodyLength !== 0 || listenerPort === 0) {
      this.refuse(LOCAL_REPLIES.malformedRequest, head.byteLength);
      return;
    }
    if (!this.#enter(door, head)) return;
    const { context, tunnelled } = this.#options;
    const { vpcId, address } = this.#source;
    const service = context.state.vpcs.get(vpcId)?.network?.hosts.get(head.host);
    const listener = service?.listeners.get(listenerPort);
    if (listener === undefined) {
      this.refuse(LOCAL_REPLIES.unknownService, head.byteLength, head);
      return;
    }
    this.#writer.text('HTTP/1.1 200 Connection established\r\n\r\n');
    this.#writer.flush();
    this.#letGo();
    tunnelled({ vpcId, listenerPort, address }, rest);
  }

  /** The socket is somebody else's from now on. */
  #letGo(): void {
    this.#isClosed = true;
    this.#stopListening();
    this.#options.sweeper.remove(this);
  }

  // --- responses ----------------------------------------------------------------------------

  interim(head: ForwardedResponse): number {
    if (this.#minorVersion === 0) return 0;
    const text = forwardedInterimHead(head);
    this.#writer.text(text);
    this.#writer.flush();
    return text.length;
  }

  continueRequest(): void {
    if (this.#minorVersion === 0) return;
    this.#writer.text('HTTP/1.1 100 Continue\r\n\r\n');
    this.#writer.flush();
  }

  responseHead(head: ForwardedResponse, requestId: string, keepAlive: boolean): boolean {
    this.#touch();
    const isKept = keepAlive && !this.#isDraining;
    const framing = clientFraming(head, this.#method, this.#minorVersion, isKept);
    this.#framing = framing;
    this.#writer.text(forwardedResponseHead(head, framing, requestId));
    return framing.withoutBody;
  }

  responseData(chunk: Buffer, start: number, end: number): void {
    this.#touch();
    if (!this.#framing!.chunked) {
      this.#writer.data(chunk, start, end);
      return;
    }
    this.#writer.text(chunkHead(end - start));
    this.#writer.data(chunk, start, end);
    this.#writer.text('\r\n');
  }

  responseEnd(): void {
    if (this.#framing!.chunked) this.#writer.text(LAST_CHUNK);
  }

  localReply(reply: LocalReply, requestId: string, keepAlive: boolean): void {
    this.#framing = undefined;
    const close = keepAlive && !this.#isDraining ? '' : 'connection: close\r\n';
    this.#writer.text(`${reply.head}x-amzn-requestid: ${requestId}\r\n${close}\r\n`);
    if (this.#method !== 'HEAD') this.#writer.text(reply.body);
  }

  flush(): boolean {
    return this.#writer.flush();
  }

  pauseRequest(): void {
    this.#isRequestHeld = true;
    this.#pause();
  }

  resumeRequest(): void {
    this.#isRequestHeld = false;
    this.#resume();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  #resume(): void {
    if (!this.#isPaused || this.#isRequestHeld || this.#waiting !== undefined) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  #drained(): void {
    if (this.#exchange !== undefined) this.#exchange.clientDrained();
    else this.#consumeWaiting();
  }

  exchangeEnded(reusable: boolean): void {
    this.#exchange = undefined;
    const mustClose = this.#framing?.close ?? false;
    this.#framing = undefined;
    if (!reusable || mustClose || this.#isDraining) {
      this.#close();
      return;
    }
    this.#isRequestHeld = false;
    this.#touch();
    if (!this.#isConsuming) this.#consumeWaiting();
  }

  #consumeWaiting(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#resume();
      return;
    }
    this.#waiting = undefined;
    this.#consume(waiting);
  }

  cut(): void {
    this.#exchange = undefined;
    (this.#options.tls?.socket ?? this.#socket).resetAndDestroy();
  }

  // --- ends ---------------------------------------------------------------------------------

  due(now: number): void {
    const exchange = this.#exchange;
    if (exchange !== undefined) {
      if (now >= this.#expiresAt) exchange.expired();
      else exchange.timedOut(!this.#requestComplete);
    } else if (this.#partialHead !== '' && !this.#isLingering) {
      this.refuse(LOCAL_REPLIES.requestTimeout, this.#partialHead.length);
    } else {
      this.#socket.destroy();
    }
  }

  #touch(): void {
    this.#dueIn(this.#idleTimeoutMs);
  }

  /** The connection's lifetime is a limit to all that it may wait for. */
  #dueIn(ms: number): void {
    const dueAt = this.#options.sweeper.coarseNow + ms;
    this.dueAt = Math.min(dueAt, this.#expiresAt);
  }

  #isExpiring(): boolean {
    return this.#options.sweeper.coarseNow >= this.#expiresAt - LIFETIME_NOTICE_MS;
  }

  /** An answer to something that never became a request. @param known what the record says of it */
  refuse(
    reply: LocalReply,
    bytesReceived: number,
    { method = '', authority = '' }: Pick<Refused, 'method' | 'authority'> = {},
  ): void {
    const before = this.#writer.bytes;
    this.#writer.text(`${reply.head}connection: close\r\n\r\n${reply.body}`);
    this.#writer.flush();
    this.#options.refused({
      source: this.#source,
      reply,
      protocol: 'HTTP/1.1',
      bytesReceived,
      bytesSent: this.#writer.bytes - before,
      method,
      authority,
    });
    this.#close();
  }

  /**
   * Sends what is left and then the end. What the client still sends is read and thrown away for a
   * moment: closing with unread bytes would reset the connection and could destroy the answer.
   */
  #close(): void {
    if (this.#isLingering || this.#isClosed) return;
    this.#isLingering = true;
    this.#waiting = undefined;
    this.#partialHead = '';
    this.#writer.flush();
    this.#socket.end();
    if (this.#socket.writableLength === 0) this.#dueIn(LINGER_MS);
    else {
      // A slow reader has as long as ever for the rest of its answer.
      this.#touch();
      this.#socket.once('finish', () => this.#dueIn(LINGER_MS));
    }
    this.#isRequestHeld = false;
    this.#resume();
  }

  /** The client sends no more. A request that is being answered is given up: its sender is gone, as far as one can tell. */
  #ended(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.clientClosed();
    if (!this.#isLingering) this.#socket.end();
  }

  #closed(): void {
    this.#isClosed = true;
    this.#options.sweeper.remove(this);
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.clientClosed();
  }
}
