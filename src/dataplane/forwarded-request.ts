import type { RequestFields } from './request-fields.ts';
import type { RequestHead } from './request-head.ts';

/** The head of a request as its exchange knows and forwards it, whatever protocol it came in. */
export interface ForwardedRequest extends RequestHead, RequestFields {
  /** As the access log has it: `HTTP/1.0`, `HTTP/1.1`, `HTTP/2`. */
  readonly protocol: string;
  /** Of the head as it came; of a compressed one, as HTTP/1.1 would have it. */
  readonly byteLength: number;
  /** Whether the client's connection can carry further requests. */
  readonly keepAlive: boolean;
  /** A gRPC call over HTTP/2: what is answered here has to have the form of gRPC. */
  readonly isGrpc: boolean;
  /** Names of fields that the client does not want in any table of HPACK (RFC 7541 §7.1.3). */
  readonly neverIndexed?: readonly string[] | undefined;
  /** Of what may be rewritten before it is forwarded. */
  target: string;
  /** The target is not what the client sent. */
  isRewritten: boolean;
  /** Takes lines out of what is forwarded. */
  dropLater(indexes: readonly number[]): void;
  /** Request line and lines for an HTTP/1.1 target, each with its CR LF; lines of our own may follow. */
  toHttp1(): string;
  /** Fields for an HTTP/2 target: name, value, name, value… without pseudo-header fields. */
  toHttp2(): string[];
}

/** The head of a response as its exchange forwards it. */
export interface ForwardedResponse {
  readonly statusCode: number;
  /** Names of fields that the target does not want in any table of HPACK (RFC 7541 §7.1.3). */
  readonly neverIndexed?: readonly string[] | undefined;
  /** Bytes of the body, `CHUNKED` or `UNTIL_CLOSE` when that is not known before its end. */
  readonly bodyLength: number;
  /** What follows `HTTP/1.1`: the rest of the status line, and lines, each with its CR LF. */
  toHttp1(): string;
  /** Fields as in `ForwardedRequest`. */
  toHttp2(): string[];
}

/** What the target is told of whom the request passed; the client is last, as seen from here. */
export const forwardedFor = (head: ForwardedRequest, clientAddress: string): string =>
  head.forwardedFor === '' ? clientAddress : `${head.forwardedFor}, ${clientAddress}`;
