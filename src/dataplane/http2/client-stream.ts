import { CANCEL, INTERNAL_ERROR, NO_ERROR } from '../../http2/error-codes.ts';
import type { Http2Stream, StreamEnd, StreamHandler } from '../../http2/http2-stream.ts';
import type { FailureReason } from '../failure.ts';
import type { ForwardedResponse } from '../forwarded-request.ts';
import type { Trailers } from '../forwarded-trailers.ts';
import { cutText, GRPC_UNAVAILABLE, grpcMessage, grpcStatusOf } from '../grpc.ts';
import { HeadTooLarge } from '../head-too-large.ts';
import { type ClientSide, type ExchangeContext, HttpExchange } from '../http-exchange.ts';
import type { LocalReply } from '../local-reply.ts';
import type { Source } from '../request-head.ts';
import { byteLengthOf, fieldValue, findField, type RawFields } from './fields.ts';
import type { Http2RequestHead } from './request-head.ts';

/** The connection of a stream. */
export interface StreamOwner {
  readonly context: ExchangeContext;
  /** The sweeper's time. */
  readonly coarseNow: number;
  readonly idleTimeoutMs: number;
  /** The stream is closed. `wasAnswered`: with all that a target had to say. */
  streamClosed(stream: Http2ClientStream, wasAnswered: boolean): void;
}

/** One request of an HTTP/2 client: a stream, and the exchange that it is. */
export class Http2ClientStream implements ClientSide, StreamHandler {
  dueAt = 0;
  bytesWritten = 0;
  grpcStatus: number | undefined = undefined;
  /** A target has answered. */
  #wasServed = false;
  readonly #stream: Http2Stream;
  readonly #head: Http2RequestHead;
  readonly #owner: StreamOwner;
  #exchange: HttpExchange | undefined;
  #idleTimeoutMs: number;
  #requestComplete: boolean;
  /** The exchange cannot take more of the request, of which so many bytes have come since. */
  #isHeld = false;
  #heldBytes = 0;
  #takesTrailers = false;

  constructor(stream: Http2Stream, head: Http2RequestHead, source: Source, owner: StreamOwner) {
    this.#stream = stream;
    stream.handler = this;
    this.#head = head;
    this.#owner = owner;
    this.#idleTimeoutMs = owner.idleTimeoutMs;
    this.#requestComplete = head.bodyLength === 0;
    this.#exchange = new HttpExchange(owner.context, this, head, source);
    this.#touch();
  }

  start(): void {
    const exchange = this.#exchange!;
    exchange.start();
    this.#idleTimeoutMs = exchange.idleTimeoutMs ?? this.#idleTimeoutMs;
    this.#touch();
  }

  // --- request ------------------------------------------------------------------------------

  /** Requests have no second head. */
  head(): void {}

  data(chunk: Buffer, start: number, end: number): void {
    // A body that nobody wants is not waited for.
    if (this.#exchange === undefined) return;
    this.#touch();
    this.#exchange.bodyFromClient(chunk, start, end);
    this.#exchange?.requestPause();
    if (this.#isHeld) this.#heldBytes += end - start;
    else this.#stream.consume(end - start);
  }

  end(fields: string[] | undefined): void {
    this.#requestComplete = true;
    const trailers = fields && { fields, neverIndexed: this.#stream.neverIndexed };
    this.#exchange?.requestEnd(trailers);
  }

  continueRequest(): void {
    this.#stream.inform([':status', '100']);
  }

  pauseRequest(): void {
    this.#isHeld = true;
  }

  resumeRequest(): void {
    this.#isHeld = false;
    const bytes = this.#heldBytes;
    this.#heldBytes = 0;
    if (bytes > 0) this.#stream.consume(bytes);
  }

  // --- response -----------------------------------------------------------------------------

  interim(head: ForwardedResponse): number {
    const fields = [':status', String(head.statusCode), ...head.toHttp2()];
    // A hint, which nobody has to take.
    if (this.#stream.takesFields(fields)) this.#stream.inform(fields, head.neverIndexed);
    return byteLengthOf(fields);
  }

  responseHead(head: ForwardedResponse, requestId: string): boolean {
    this.#touch();
    const { statusCode } = head;
    const withoutBody = this.#head.method === 'HEAD' || BODILESS.has(statusCode);
    const isEnded = withoutBody || head.bodyLength === 0;
    const fields = head.toHttp2();
    if (statusCode === RESET_CONTENT) dropContentLength(fields);
    fields.push('x-amzn-requestid', requestId);
    // RFC 9110 §15: what is no status is an error of the server.
    fields.unshift(':status', String(statusCode > 599 ? 502 : statusCode));
    if (!this.#stream.takesFields(fields)) throw new HeadTooLarge();
    this.#wasServed = true;
    if (this.#head.isGrpc) this.#readGrpcStatus(fields);
    // Trailers are for those who have said that they want them, as gRPC does.
    this.#takesTrailers = this.#head.takesTrailers;
    this.#respond(fields, isEnded, head.neverIndexed);
    return withoutBody;
  }

  responseData(chunk: Buffer, start: number, end: number): void {
    this.#touch();
    this.bytesWritten += end - start;
    this.#stream.write(chunk, start, end);
  }

  responseEnd(trailers: Trailers | undefined): void {
    if (this.#stream.isLocalEnded) return;
    const fields = this.#takesTrailers ? this.#takenOf(trailers) : undefined;
    if (fields === undefined) {
      this.#stream.end();
      return;
    }
    this.bytesWritten += byteLengthOf(fields);
    if (this.#head.isGrpc) this.#readGrpcStatus(fields);
    this.#stream.end(fields, trailers?.neverIndexed);
  }

  /** What the client takes of trailers: of too large ones gRPC's status, since others may be left out (RFC 9110 §6.5.1). */
  #takenOf(trailers: Trailers | undefined): RawFields | undefined {
    if (trailers === undefined || this.#stream.takesFields(trailers.fields))
      return trailers?.fields;
    const status = fieldValue(trailers.fields, 'grpc-status');
    return status === undefined ? undefined : ['grpc-status', status];
  }

  localReply(reply: LocalReply, requestId: string): void {
    if (this.#head.isGrpc) {
      this.grpcStatus = grpcStatusOf(reply.statusCode);
      const fields = [':status', '200', 'content-type', 'application/grpc'];
      fields.push('grpc-status', String(this.grpcStatus));
      fields.push('grpc-message', grpcMessage(reply.body), 'x-amzn-requestid', requestId);
      this.#respond(fields, true);
      return;
    }
    const { statusCode, body } = reply;
    const fields = [':status', String(statusCode), 'content-type', 'text/plain'];
    fields.push('content-length', String(body.length), 'x-amzn-requestid', requestId);
    const withoutBody = this.#head.method === 'HEAD';
    this.#respond(fields, withoutBody);
    if (withoutBody) return;
    this.bytesWritten += body.length;
    const bytes = Buffer.from(body, 'latin1');
    this.#stream.write(bytes, 0, bytes.length);
    this.#stream.end();
  }

  #respond(fields: RawFields, endStream: boolean, neverIndexed?: readonly string[]): void {
    this.bytesWritten += byteLengthOf(fields);
    this.#stream.respond(fields, endStream, neverIndexed);
  }

  #readGrpcStatus(fields: RawFields): void {
    const status = fieldValue(fields, 'grpc-status');
    if (status !== undefined && /^\d{1,9}$/.test(status)) this.grpcStatus = Number(status);
  }

  flush(): boolean {
    return this.#stream.takesMore();
  }

  writable(): void {
    this.#touch();
    this.#exchange?.clientDrained();
  }

  // --- ends ---------------------------------------------------------------------------------

  exchangeEnded(): void {
    this.#exchange = undefined;
    this.#touch();
    // An answer without a body is complete for its client before its target has said so.
    if (this.#stream.isClosed) this.#over(true);
    // RFC 9113 §8.1: answered before it was complete, and the rest is not wanted.
    else if (!this.#requestComplete) this.#stream.resetAfterEnd(NO_ERROR);
  }

  cut(failure: FailureReason): void {
    this.#exchange = undefined;
    // Clients of gRPC are told so that they know it from a bug, as far as they take it at all.
    if (this.#head.isGrpc && this.#takesTrailers && !this.#stream.isWaitingToWrite) {
      const fields = ['grpc-status', String(GRPC_UNAVAILABLE), 'grpc-message', cutText(failure)];
      this.responseEnd({ fields });
      this.exchangeEnded();
      return;
    }
    this.#stream.cut(INTERNAL_ERROR);
    this.#over(false);
  }

  /** It is the time of `dueAt`. @param pingedAt when the client last sent a PING */
  due(now: number, pingedAt: number): void {
    const exchange = this.#exchange;
    if (exchange === undefined || this.#stream.isClosed) {
      // An answer that the client does not take is not kept for ever.
      this.#stream.reset(CANCEL);
      this.#over(false);
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
    return (this.#wasServed || this.#head.isGrpc) && !this.#stream.isWaitingToWrite;
  }

  /** The lifetime of the connection is over. */
  expired(): void {
    this.#exchange?.expired();
  }

  closed(end: StreamEnd): void {
    const exchange = this.#exchange;
    if (end === 'complete') {
      if (exchange === undefined) this.#over(true);
      // It may have waited for just that.
      else exchange.clientDrained();
      return;
    }
    this.#exchange = undefined;
    if (end === 'violation') exchange?.clientFailed();
    else exchange?.clientClosed();
    this.#over(false);
  }

  failed(): void {
    this.#exchange?.failed();
  }

  #over(isComplete: boolean): void {
    this.#owner.streamClosed(this, isComplete && this.#wasServed);
  }

  #touch(): void {
    this.dueAt = this.#owner.coarseNow + this.#idleTimeoutMs;
  }
}

const RESET_CONTENT = 205;
/** Statuses whose answers have no body. A target may send one with 205 (RFC 9110 §15.3.6), all the same. */
const BODILESS: ReadonlySet<number> = new Set([204, RESET_CONTENT, 304]);

/** A length that nothing comes of would make the answer malformed. */
function dropContentLength(fields: string[]): void {
  const at = findField(fields, 'content-length');
  if (at >= 0) fields.splice(at, 2);
}
