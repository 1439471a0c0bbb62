import type { ServerHttp2Stream } from 'node:http2';
import type { FailureReason } from '../failure.ts';
import type { ForwardedResponse } from '../forwarded-request.ts';
import { cutText, GRPC_UNAVAILABLE, grpcMessage, grpcStatusOf } from '../grpc.ts';
import { type ClientSide, type ExchangeContext, HttpExchange } from '../http-exchange.ts';
import type { LocalReply } from '../local-reply.ts';
import type { Source } from '../request-head.ts';
import { closeSoon } from './close-soon.ts';
import {
  byteLengthOf,
  fieldValue,
  findField,
  type RawFields,
  rawFields,
  toHeaders,
} from './fields.ts';
import type { Http2RequestHead } from './request-head.ts';
import { cancelStream, cutStream } from './reset-stream.ts';
import { sendTrailers } from './send-trailers.ts';

/** The connection of a stream. */
export interface StreamOwner {
  readonly context: ExchangeContext;
  /** The sweeper's time. */
  readonly coarseNow: number;
  readonly idleTimeoutMs: number;
  /** The stream is closed. `wasReset`: by the client, before all was said. */
  streamClosed(stream: Http2ClientStream, wasReset: boolean): void;
}

/** One request of an HTTP/2 client: a stream, and the exchange that it is. */
export class Http2ClientStream implements ClientSide {
  dueAt = 0;
  bytesWritten = 0;
  grpcStatus: number | undefined = undefined;
  /** A target has answered. */
  wasServed = false;
  readonly #stream: ServerHttp2Stream;
  readonly #head: Http2RequestHead;
  readonly #owner: StreamOwner;
  #exchange: HttpExchange | undefined;
  #idleTimeoutMs: number;
  #requestComplete: boolean;
  #requestTrailers: RawFields | undefined;
  #responseTrailers: RawFields | undefined;
  /** The last piece of the body: what ends with it leaves in one write. */
  #lastPiece: Buffer | undefined;
  #takesTrailers = false;
  #isEnded = false;
  #isAwaitingDrain = false;

  constructor(
    stream: ServerHttp2Stream,
    head: Http2RequestHead,
    source: Source,
    owner: StreamOwner,
  ) {
    this.#stream = stream;
    this.#head = head;
    this.#owner = owner;
    this.#idleTimeoutMs = owner.idleTimeoutMs;
    this.#requestComplete = head.bodyLength === 0;
    this.#exchange = new HttpExchange(owner.context, this, head, source);
    // 'close' follows, and tells all that matters.
    stream.on('error', ignore);
    stream.on('close', () => this.#closed());
    this.#touch();
  }

  start(): void {
    const exchange = this.#exchange!;
    exchange.start();
    this.#idleTimeoutMs = exchange.idleTimeoutMs ?? this.#idleTimeoutMs;
    this.#touch();
    // Without a listener nothing flows; a body that nobody wants is not waited for.
    if (!this.#requestComplete && this.#exchange !== undefined) this.#readRequest();
  }

  // --- request ------------------------------------------------------------------------------

  #readRequest(): void {
    const stream = this.#stream;
    stream.on('data', (chunk: Buffer) => {
      this.#touch();
      this.#exchange?.bodyFromClient(chunk, 0, chunk.length);
      this.#exchange?.requestPause();
    });
    stream.on('trailers', (...event) => {
      this.#requestTrailers = rawFields(event);
    });
    stream.on('end', () => {
      // A stream that is reset ends, too.
      if (stream.aborted) return;
      this.#requestComplete = true;
      this.#exchange?.requestEnd(this.#requestTrailers);
    });
  }

  continueRequest(): void {
    if (this.#isOpen()) this.#stream.additionalHeaders({ ':status': 100 });
  }

  pauseRequest(): void {
    this.#stream.pause();
  }

  resumeRequest(): void {
    this.#stream.resume();
  }

  // --- response -----------------------------------------------------------------------------

  interim(head: ForwardedResponse): void {
    if (!this.#isOpen()) return;
    const headers = toHeaders(head.toHttp2());
    this.#stream.additionalHeaders({ ...headers, ':status': head.statusCode });
  }

  responseHead(head: ForwardedResponse, requestId: string): boolean {
    this.#touch();
    this.wasServed = true;
    const { statusCode } = head;
    const withoutBody = this.#head.method === 'HEAD' || BODILESS.has(statusCode);
    this.#isEnded = withoutBody || head.bodyLength === 0;
    const fields = head.toHttp2();
    if (statusCode === RESET_CONTENT) dropContentLength(fields);
    fields.push('x-amzn-requestid', requestId);
    if (this.#head.isGrpc) this.#readGrpcStatus(fields);
    // Trailers cost a frame of their own: only for those who have said that they want them, as gRPC does.
    this.#takesTrailers = this.#head.takesTrailers && !this.#isEnded;
    this.#respond(statusCode, fields, this.#isEnded, this.#takesTrailers);
    return withoutBody;
  }

  responseData(chunk: Buffer, start: number, end: number): void {
    this.#touch();
    this.bytesWritten += end - start;
    if (this.#lastPiece !== undefined) this.#stream.write(this.#lastPiece);
    this.#lastPiece = start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end);
  }

  responseEnd(trailers: RawFields | undefined): void {
    const stream = this.#stream;
    if (trailers !== undefined && this.#takesTrailers) {
      this.bytesWritten += byteLengthOf(trailers);
      if (this.#head.isGrpc) this.#readGrpcStatus(trailers);
      this.#responseTrailers = trailers;
    }
    if (this.#isEnded) return;
    this.#isEnded = true;
    const piece = this.#lastPiece;
    this.#lastPiece = undefined;
    if (piece === undefined) stream.end();
    else stream.end(piece);
  }

  localReply(reply: LocalReply, requestId: string): void {
    this.#isEnded = true;
    if (this.#head.isGrpc) {
      this.grpcStatus = grpcStatusOf(reply.statusCode);
      const fields = ['content-type', 'application/grpc', 'grpc-status', String(this.grpcStatus)];
      fields.push('grpc-message', grpcMessage(reply.body), 'x-amzn-requestid', requestId);
      this.#respond(200, fields, true, false);
      return;
    }
    const { statusCode, body } = reply;
    const fields = ['content-type', 'text/plain', 'content-length', String(body.length)];
    fields.push('x-amzn-requestid', requestId);
    const withoutBody = this.#head.method === 'HEAD';
    this.#respond(statusCode, fields, withoutBody, false);
    if (withoutBody) return;
    this.bytesWritten += body.length;
    this.#stream.end(body, 'latin1');
  }

  #respond(
    statusCode: number,
    fields: string[],
    endStream: boolean,
    waitForTrailers: boolean,
  ): void {
    this.bytesWritten += byteLengthOf(fields);
    if (!this.#isOpen()) return;
    // RFC 9110 §15: what is no status is an error of the server; node:http2 sends none above 599.
    fields.unshift(':status', String(statusCode > 599 ? 502 : statusCode));
    this.#stream.respond(fields, { endStream, waitForTrailers, sendDate: false } as object);
    if (!waitForTrailers) return;
    this.#stream.on('wantTrailers', () => {
      sendTrailers(this.#stream, this.#responseTrailers);
    });
  }

  #readGrpcStatus(fields: RawFields): void {
    const status = fieldValue(fields, 'grpc-status');
    if (status !== undefined && /^\d{1,9}$/.test(status)) this.grpcStatus = Number(status);
  }

  flush(): boolean {
    const piece = this.#lastPiece;
    const stream = this.#stream;
    if (piece !== undefined) {
      this.#lastPiece = undefined;
      stream.write(piece);
    }
    if (!stream.writableNeedDrain) return true;
    if (!this.#isAwaitingDrain) {
      this.#isAwaitingDrain = true;
      stream.once('drain', () => {
        this.#isAwaitingDrain = false;
        this.#touch();
        this.#exchange?.clientDrained();
      });
    }
    return false;
  }

  // --- ends ---------------------------------------------------------------------------------

  exchangeEnded(): void {
    this.#exchange = undefined;
    if (!this.#requestComplete) closeSoon(this.#stream);
  }

  cut(failure: FailureReason): void {
    this.#exchange = undefined;
    // Clients of gRPC are told so that they know it from a bug, as far as they take it at all.
    if (this.#head.isGrpc && this.#takesTrailers && !this.#isAwaitingDrain) {
      const fields = ['grpc-status', String(GRPC_UNAVAILABLE), 'grpc-message', cutText(failure)];
      this.responseEnd(fields);
      if (!this.#requestComplete) closeSoon(this.#stream);
      return;
    }
    this.#isEnded = true;
    cutStream(this.#stream);
  }

  /** It is the time of `dueAt`. @param pingedAt when the client last sent a PING */
  due(now: number, pingedAt: number): void {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      // An answer that the client does not take is not kept for ever.
      cancelStream(this.#stream);
    } else if (this.#isKeptByPing && pingedAt + this.#idleTimeoutMs > now) {
      this.dueAt = pingedAt + this.#idleTimeoutMs;
    } else {
      exchange.timedOut(!this.#requestComplete);
    }
  }

  /**
   * Keepalives of a client extend the idle timeout of what it waits for (VPC Lattice user guide, quotas); not
   * of what it does not read, nor of an answer that has not begun, but for gRPC, whose calls may be quiet from
   * the start and have deadlines of their own.
   */
  get #isKeptByPing(): boolean {
    return (this.wasServed || this.#head.isGrpc) && !this.#isAwaitingDrain;
  }

  /** The lifetime of the connection is over. */
  expired(): void {
    this.#exchange?.expired();
  }

  /** The connection is about to be closed. */
  abandon(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.clientClosed();
  }

  #closed(): void {
    const wasReset = this.#stream.aborted && !this.#isEnded;
    this.abandon();
    this.#owner.streamClosed(this, wasReset);
  }

  #isOpen(): boolean {
    return !this.#stream.destroyed && !this.#stream.closed;
  }

  #touch(): void {
    this.dueAt = this.#owner.coarseNow + this.#idleTimeoutMs;
  }
}

const RESET_CONTENT = 205;
/** Statuses whose answers have no body; node:http2 sends none. A target may send one with 205 (RFC 9110 §15.3.6), all the same. */
const BODILESS: ReadonlySet<number> = new Set([204, RESET_CONTENT, 304]);

/** A length that nothing comes of would make the answer malformed. */
function dropContentLength(fields: string[]): void {
  const at = findField(fields, 'content-length');
  if (at >= 0) fields.splice(at, 2);
}

const ignore = (): void => {};
