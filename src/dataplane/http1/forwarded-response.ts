import { CHUNKED, type Http1ResponseHead, UNTIL_CLOSE } from './response-head.ts';

/** How the body of a response goes to the client. */
export interface ClientFraming {
  /** The client gets no body, whatever the head says (HEAD, 204, 304). */
  readonly withoutBody: boolean;
  readonly chunked: boolean;
  /** The connection ends with this response. */
  readonly close: boolean;
}

/** Fields that belong to the connection with the target, or that we set. */
const NOT_FORWARDED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amzn-requestid',
]);

/** The framing towards the client: a body of unknown length is chunked for HTTP/1.1 and ends with the connection for HTTP/1.0. */
export function clientFraming(
  head: Http1ResponseHead,
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
  head: Http1ResponseHead,
  framing: ClientFraming,
  requestId: string,
): string {
  const { text, starts, linesEnd, names } = head;
  let out = 'HTTP/1.1';
  let copyFrom = head.statusStart;
  let hasLength = head.statusCode === 204;
  for (let i = 0; i < starts.length; i++) {
    const name = names[i]!;
    if (name === 'content-length') {
      // One is enough, and a 204 has none (RFC 9110 §8.6).
      if (!hasLength) {
        hasLength = true;
        continue;
      }
    } else if (!NOT_FORWARDED.has(name) && !head.connectionTokens?.includes(name)) continue;
    if (copyFrom < starts[i]!) out += text.slice(copyFrom, starts[i]);
    copyFrom = i + 1 < starts.length ? starts[i + 1]! : linesEnd;
  }
  if (copyFrom < linesEnd) out += text.slice(copyFrom, linesEnd);
  out += `x-amzn-requestid: ${requestId}\r\n`;
  if (framing.chunked) out += 'transfer-encoding: chunked\r\n';
  if (framing.close) out += 'connection: close\r\n';
  return `${out}\r\n`;
}
