import {
  type HeaderLines,
  hasListToken,
  parseContentLength,
  parseHeaderLines,
} from './header-lines.ts';

/** Body runs until the target closes its connection. */
export const UNTIL_CLOSE = -2;
/** Body is chunked. */
export const CHUNKED = -1;

/** A parsed HTTP/1.x response head from a target. */
export class Http1ResponseHead implements HeaderLines {
  statusCode = 0;
  readonly names: string[] = [];
  readonly values: string[] = [];
  readonly starts: number[] = [];
  text = '';
  /** Offset of ` 200 OK` CR LF, the status line behind its version. */
  statusStart = 0;
  linesEnd = 0;
  /** Length of the body, `CHUNKED` or `UNTIL_CLOSE`; HEAD, 1xx, 204 and 304 are the caller's to know. */
  bodyLength = UNTIL_CLOSE;
  /** Whether the target keeps the connection open afterwards. */
  keepAlive = true;
  hasConnection = false;
  connectionTokens: string[] | undefined = undefined;
}

/**
 * Parses the head in `text` from `start` to `end`, where `end` is just behind the empty line.
 * Undefined: not HTTP/1.x, malformed, or ambiguous in its framing (RFC 9112 §6.3), which is answered with 502.
 */
export function parseResponseHead(
  text: string,
  start: number,
  end: number,
): Http1ResponseHead | undefined {
  if (!text.startsWith('HTTP/1.', start)) return undefined;
  const minor = text.charCodeAt(start + 7) - 48;
  if ((minor !== 0 && minor !== 1) || text.charCodeAt(start + 8) !== 32) return undefined;
  let statusCode = 0;
  for (let i = start + 9; i < start + 12; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    statusCode = statusCode * 10 + digit;
  }
  if (statusCode < 100) return undefined;
  // The reason phrase may be empty, and many servers then leave its space out, too.
  let position = start + 12;
  let code = text.charCodeAt(position);
  if (code !== 32 && code !== 13) return undefined;
  while (code !== 13) {
    if (code < 32 ? code !== 9 : code === 127) return undefined;
    code = text.charCodeAt(++position);
  }
  if (text.charCodeAt(position + 1) !== 10) return undefined;

  const head = new Http1ResponseHead();
  head.statusCode = statusCode;
  head.keepAlive = minor === 1;
  head.text = text;
  head.statusStart = start + 8;
  head.linesEnd = end - 2;
  if (!parseHeaderLines(text, position + 2, head.linesEnd, MAX_RESPONSE_HEADERS, head)) return undefined;
  return readFraming(head) ? head : undefined;
}

/** More would be a target out of its mind; the head's size is limited, too. */
const MAX_RESPONSE_HEADERS = 1000;

function readFraming(head: Http1ResponseHead): boolean {
  const { names, values } = head;
  let isChunked = false;
  for (let i = 0; i < names.length; i++) {
    // The lengths of the three names differ, which spares comparing most names at all.
    const name = names[i]!;
    if (name.length === 14 && name === 'content-length') {
      const length = parseContentLength(values[i]!);
      // Equal ones are allowed (RFC 9110 §8.6); they are forwarded once.
      if (length < 0 || (head.bodyLength >= 0 && head.bodyLength !== length)) return false;
      head.bodyLength = length;
    } else if (name.length === 17 && name === 'transfer-encoding') {
      if (isChunked || values[i]!.toLowerCase() !== 'chunked') return false;
      isChunked = true;
    } else if (name.length === 10 && name === 'connection') {
      head.hasConnection = true;
      const value = values[i]!;
      if (hasListToken(value, 'close')) head.keepAlive = false;
      else if (hasListToken(value, 'keep-alive')) head.keepAlive = true;
      if (value.includes(',')) {
        head.connectionTokens ??= [];
        for (const item of value.split(',')) head.connectionTokens.push(item.trim().toLowerCase());
      }
    }
  }
  if (isChunked) {
    if (head.bodyLength >= 0) return false;
    head.bodyLength = CHUNKED;
  }
  return true;
}
