import type { ForwardedResponse } from '../forwarded-request.ts';
import { CHUNKED, UNTIL_CLOSE } from './framing.ts';
import { HeaderLines, NameFilter, parseContentLength } from './header-lines.ts';

/** A parsed HTTP/1.x response head from a target. */
export class Http1ResponseHead extends HeaderLines implements ForwardedResponse {
  statusCode = 0;
  /** Offset of ` 200 OK` CR LF, the status line behind its version. */
  statusStart = 0;
  /** Length of the body, `CHUNKED` or `UNTIL_CLOSE`; HEAD, 1xx, 204 and 304 are the caller's to know. */
  bodyLength = UNTIL_CLOSE;
  isChunked = false;
  /** Whether the target keeps the connection open afterwards. */
  keepAlive = true;

  toHttp1(): string {
    return this.keptFrom(this.statusStart);
  }
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
  head.statusStart = start + 8;
  const readLine = (index: number) => readSpecial(head, index);
  if (!head.parse(text, position + 2, end - 2, MAX_HEADERS, SPECIAL_NAMES, readLine))
    return undefined;
  if (head.nominated !== undefined) {
    if (head.nominated.includes('keep-alive')) head.keepAlive = true;
    if (head.nominated.includes('close')) head.keepAlive = false;
    head.dropNominated(NEVER_NOMINATED);
  }
  if (head.isChunked) {
    if (head.bodyLength >= 0) return undefined;
    head.bodyLength = CHUNKED;
  }
  // Has no body, but says that it has: what may follow would be taken for the next response.
  if (statusCode === 204 && (head.isChunked || head.bodyLength > 0)) head.keepAlive = false;
  if (statusCode === 304 && head.isChunked) head.keepAlive = false;
  return head;
}

/** More would be a target out of its mind; the head's size is limited, too. */
const MAX_HEADERS = 1000;

const SPECIAL_NAMES = new NameFilter([
  'connection',
  'content-length',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amzn-requestid',
]);

/** Framing, and the fields that belong to the connection with the target or are set by us. */
function readSpecial(head: Http1ResponseHead, index: number): boolean {
  switch (head.name(index)) {
    case 'content-length': {
      const length = parseContentLength(head.value(index));
      // Equal ones are allowed (RFC 9110 §8.6); they are forwarded once.
      if (length < 0 || (head.bodyLength >= 0 && head.bodyLength !== length)) return false;
      if (head.hasTab(index)) return false;
      // A 204 and an interim response have no body to be counted.
      if (head.bodyLength >= 0 || head.statusCode === 204 || head.statusCode < 200) {
        head.drop(index);
      }
      head.bodyLength = length;
      return true;
    }
    case 'transfer-encoding':
      if (head.isChunked || head.value(index).toLowerCase() !== 'chunked') return false;
      if (head.hasTab(index)) return false;
      head.isChunked = true;
      return head.drop(index);
    case 'connection': {
      const value = head.value(index);
      if (value === 'keep-alive') head.keepAlive = true;
      else head.nominate(value);
      return head.drop(index);
    }
    case 'http2-settings':
    case 'keep-alive':
    case 'proxy-connection':
    case 'te':
    case 'trailer':
    case 'upgrade':
    case 'x-amzn-requestid':
      return head.drop(index);
    default:
      return true;
  }
}

/** Framing does not end here because a target names it in `Connection`. */
const NEVER_NOMINATED = new Set(['content-length', 'transfer-encoding']);
