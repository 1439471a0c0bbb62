import { CANCEL, INTERNAL_ERROR, NO_ERROR } from '../../http2/error-codes.ts';
import type { Http2Stream, StreamEnd, StreamHandler } from '../../http2/http2-stream.ts';
import type { ForwardedResponse } from '../forwarded-request.ts';
import { grpcMessage, grpcStatusOf } from '../grpc.ts';
import { type ClientSide, type ExchangeContext, HttpExchange } from '../http-exchange.ts';
import type { LocalReply } from '../local-reply.ts';
import type { Source } from '../request-head.ts';
import { byteLengthOf, fieldValue, type RawFields } from './fields.ts';
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
  readonly #stream: Http2Stream;
  readonly #head: Http2RequestHead;
  readonly #owner: StreamOwner;
  #exchange: HttpExchange | undefined;
  #idleTimeoutMs: number;
  #requestComplete: boolean;
  /** The exchange cannot take more of the request, of which so many bytes have come since. */
  #isHeld = false;
  #heldBytes = 0;
  #isOfTarget = false;
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

  end(trailers: string[] | undefined): void {
    this.#requestComplete = true;
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

  interim(head: ForwardedResponse): void {
    this.#stream.inform([':status', String(head.statusCode), ...head.toHttp2()]);
  }

  responseHead(head: ForwardedResponse, requestId: string): boolean {
    this.#touch();
    this.#isOfTarget = true;
    const { statusCode } = head;
    const withoutBody = this.#head.method === 'HEAD' || statusCode === 204 || statusCode === 304;
    const isEnded = withoutBody || head.bodyLength === 0;
    const fields = head.toHttp2();
    fields.push('x-amzn-requestid', requestId);
    if (this.#head.isGrpc) this.#readGrpcStatus(fields);
    // Trailers are for those who have said that they want them, as gRPC does.
    this.#takesTrailers = this.#head.takesTrailers;
    this.#respond(statusCode, fields, isEnded);
    return withoutBody;
  }

  responseData(chunk: Buffer, start: number, end: number): void {
    this.#touch();
    this.bytesWritten += end - start;
    this.#stream.write(chunk, start, end);
  }

  responseEnd(trailers: RawFields | undefined): void {
    if (this.#stream.isLocalEnded) return;
    if (trailers === undefined || !this.#takesTrailers) {
      this.#stream.end();
      return;
    }
    this.bytesWritten += byteLengthOf(trailers);
    if (this.#head.isGrpc) this.#readGrpcStatus(trailers);
    this.#stream.end(trailers);
  }

  localReply(reply: LocalReply, requestId: string): void {
    if (this.#head.isGrpc) {
      this.grpcStatus = grpcStatusOf(reply.statusCode);
      const fields = ['content-type', 'application/grpc', 'grpc-status', String(this.grpcStatus)];
      fields.push('grpc-message', grpcMessage(reply.body), 'x-amzn-requestid', requestId);
      this.#respond(200, fields, true);
      return;
    }
    const { statusCode, body } = reply;
    const fields = ['content-type', 'text/plain', 'content-length', String(body.length)];
    fields.push('x-amzn-requestid', requestId);
    const withoutBody = this.#head.method === 'HEAD';
    this.#respond(statusCode, fields, withoutBody);
    if (withoutBody) return;
    this.bytesWritten += body.length;
    const bytes = Buffer.from(body, 'latin1');
    this.#stream.write(bytes, 0, bytes.length);
    this.#stream.end();
  }

  #respond(statusCode: number, fields: string[], endStream: boolean): void {
    this.bytesWritten += byteLengthOf(fields);
    // RFC 9110 §15: what is no status is an error of the server.
    fields.unshift(':status', String(statusCode > 599 ? 502 : statusCode));
    this.#stream.respond(fields, endStream);
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
    // An answer without a body is complete for its client before its target has said so.
    if (this.#stream.isClosed) this.#over(true);
    // RFC 9113 §8.1: answered before it was complete, and the rest is not wanted.
    else if (!this.#requestComplete) this.#stream.resetAfterEnd(NO_ERROR);
  }

  cut(): void {
    this.#exchange = undefined;
    this.#stream.cut(INTERNAL_ERROR);
    this.#over(false);
  }

  /** It is the time of `dueAt`. */
  due(): void {
    if (this.#exchange !== undefined) {
      this.#exchange.timedOut(!this.#requestComplete);
      return;
    }
    // An answer that the client does not take is not kept for ever.
    this.#stream.reset(CANCEL);
    this.#over(false);
  }

  /** The lifetime of the connection is over. */
  expired(): void {
    this.#exchange?.expired();
  }

  closed(end: StreamEnd): void {
    const exchange = this.#exchange;
    if (end === 'complete') {
      if (exchange === undefined) this.#over(true);
      return;
    }
    this.#exchange = undefined;
    if (end === 'violation') exchange?.clientFailed();
    else exchange?.clientClosed();
    this.#over(false);
  }

  #over(isComplete: boolean): void {
    this.#owner.streamClosed(this, isComplete && this.#isOfTarget);
  }

  #touch(): void {
    this.dueAt = this.#owner.coarseNow + this.#idleTimeoutMs;
  }
}
