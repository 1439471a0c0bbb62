import type { ForwardedResponse } from '../forwarded-request.ts';
import { CHUNKED, UNTIL_CLOSE } from './framing.ts';

/** How the body of a response goes to the client. */
export interface ClientFraming {
  /** The client gets no body, whatever the head says (HEAD, 204, 304). */
  readonly withoutBody: boolean;
  readonly chunked: boolean;
  /** The connection ends with this response. */
  readonly close: boolean;
}

/** The framing towards the client: a body of unknown length is chunked for HTTP/1.1 and ends with the connection for HTTP/1.0. */
export function clientFraming(
  head: ForwardedResponse,
  method: string,
  clientMinorVersion: number,
  keepAlive: boolean,
): ClientFraming {
  const withoutBody = method === 'HEAD' || head.statusCode === 204 || head.statusCode === 304;
  const unknownLength =
    !withoutBody && (head.bodyLength === CHUNKED || head.bodyLength === UNTIL_CLOSE);
  const chunked = unknownLength && clientMinorVersion === 1;
  return { withoutBody, chunked, close: !keepAlive || (unknownLength && !chunked) };
}

/** The head for the client: the target's lines in its spelling, without what is not forwarded, and the request id. */
export function forwardedResponseHead(
  head: ForwardedResponse,
  framing: ClientFraming,
  requestId: string,
): string {
  let out = `HTTP/1.1${head.toHttp1()}x-amzn-requestid: ${requestId}`;
  if (framing.chunked) out += '\r\ntransfer-encoding: chunked';
  if (framing.close) out += '\r\nconnection: close';
  return `${out}\r\n\r\n`;
}

/** An interim response for the client: only what is not about the connection or a body. */
export const forwardedInterimHead = (head: ForwardedResponse): string =>
  `HTTP/1.1${head.toHttp1()}\r\n`;
