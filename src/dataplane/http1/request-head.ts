import type { RequestHead } from '../request-head.ts';
import {
  type HeaderLines,
  hasListToken,
  isTokenCode,
  parseContentLength,
  parseHeaderLines,
} from './header-lines.ts';

/** How a request's body is delimited: none (0), a length, or chunked (-1). */
export const CHUNKED = -1;

/** A parsed HTTP/1.x request head with what the connection and the forwarding need to know. */
export class Http1RequestHead implements RequestHead, HeaderLines {
  method = '';
  target = '';
  path = '';
  authority = '';
  host = '';
  /** Of `authority`; 0 when it names none. */
  authorityPort = 0;
  readonly names: string[] = [];
  readonly values: string[] = [];
  readonly starts: number[] = [];
  /** Latin1 text that the offsets in `starts` refer to. */
  text = '';
  /** Just behind the last header line. */
  linesEnd = 0;
  /** Of the head as it came. */
  byteLength = 0;
  minorVersion = 1;
  /** Bytes of the body, or `CHUNKED`. */
  bodyLength = 0;
  hasHost = false;
  hasContentLength = false;
  hasTransferEncoding = false;
  keepAlive = true;
  expectsContinue = false;
  /** The target was in absolute form: `authority` is from there, the Host header does not count. */
  isAbsolute = false;
  /** Position of the first of these among the lines; -1: absent. */
  requestIdLine = -1;
  forwardedForLine = -1;
  userAgentLine = -1;
  /** What `Connection` names beside its own options; undefined: nothing. Lower case. */
  connectionTokens: string[] | undefined = undefined;
}

type Special = (head: Http1RequestHead, index: number, value: string) => boolean;

/** Header fields that mean something here. Each returns false when the request is to be refused. */
const SPECIAL = new Map<string, Special>([
  [
    'host',
    (head, _index, value) => {
      if (head.hasHost) return false;
      head.hasHost = true;
      if (!head.isAbsolute) head.authority = value;
      return true;
    },
  ],
  [
    'content-length',
    (head, _index, value) => {
      // A second one is refused even when it is equal: whoever sends two has something in mind.
      if (head.hasContentLength) return false;
      head.hasContentLength = true;
      head.bodyLength = parseContentLength(value);
      return head.bodyLength >= 0;
    },
  ],
  [
    'transfer-encoding',
    (head, _index, value) => {
      if (head.hasTransferEncoding || head.minorVersion === 0) return false;
      head.hasTransferEncoding = true;
      return value.length === 7 && value.toLowerCase() === 'chunked';
    },
  ],
  [
    'connection',
    (head, _index, value) => {
      if (hasListToken(value, 'close')) head.keepAlive = false;
      if (value.length !== 10 || value.toLowerCase() !== 'keep-alive') {
        head.connectionTokens ??= [];
        for (const item of value.split(',')) head.connectionTokens.push(item.trim().toLowerCase());
      }
      return true;
    },
  ],
  [
    'expect',
    (head, _index, value) => {
      head.expectsContinue = value.toLowerCase() === '100-continue';
      return head.expectsContinue;
    },
  ],
  [
    'user-agent',
    (head, index) => {
      if (head.userAgentLine < 0) head.userAgentLine = index;
      return true;
    },
  ],
  [
    'x-amzn-requestid',
    (head, index) => {
      if (head.requestIdLine < 0) head.requestIdLine = index;
      return true;
    },
  ],
  [
    'x-forwarded-for',
    (head, index) => {
      if (head.forwardedForLine < 0) head.forwardedForLine = index;
      return true;
    },
  ],
]);

/**
 * Parses the head in `text` from `start` to `end`, where `end` is just behind the empty line.
 * Undefined means that the request is malformed or ambiguous and gets 400 (RFC 9112 §§2-7):
 * bare CR or LF, folded lines, white space before a colon, control characters, no or several Host,
 * Content-Length twice or beside Transfer-Encoding, any transfer coding but chunked, ...
 */
export function parseRequestHead(
  text: string,
  start: number,
  end: number,
  maxHeaderCount: number,
): Http1RequestHead | undefined {
  const head = new Http1RequestHead();
  const methodEnd = text.indexOf(' ', start);
  if (methodEnd <= start || methodEnd - start > 32) return undefined;
  for (let i = start; i < methodEnd; i++) if (!isTokenCode(text.charCodeAt(i))) return undefined;
  head.method = text.slice(start, methodEnd);

  const targetStart = methodEnd + 1;
  let position = targetStart;
  let queryStart = -1;
  let code = text.charCodeAt(position);
  while (code > 32) {
    // DEL, fragments, and bytes that RFC 3986 does not allow unescaped.
    if (code >= 127 || code === 35 /* # */) return undefined;
    if (code === 63 /* ? */ && queryStart < 0) queryStart = position;
    code = text.charCodeAt(++position);
  }
  if (code !== 32 || position === targetStart) return undefined;
  // `HTTP/1.x` CR LF
  if (!text.startsWith('HTTP/1.', position + 1)) return undefined;
  const minor = text.charCodeAt(position + 8) - 48;
  if (minor !== 0 && minor !== 1) return undefined;
  if (text.charCodeAt(position + 9) !== 13 || text.charCodeAt(position + 10) !== 10) return undefined;
  head.minorVersion = minor;
  head.keepAlive = minor === 1;
  head.target = text.slice(targetStart, position);
  head.path = queryStart < 0 ? head.target : text.slice(targetStart, queryStart);
  if (text.charCodeAt(targetStart) !== 47 /* / */ && !parseOtherForm(head)) return undefined;

  head.text = text;
  head.linesEnd = end - 2;
  head.byteLength = end - start;
  if (!parseHeaderLines(text, position + 11, head.linesEnd, maxHeaderCount, head)) return undefined;
  if (!readSpecialHeaders(head)) return undefined;
  if (!parseAuthority(head)) return undefined;
  return head;
}

function readSpecialHeaders(head: Http1RequestHead): boolean {
  const { names, values } = head;
  for (let i = 0; i < names.length; i++) {
    const special = SPECIAL.get(names[i]!);
    if (special !== undefined && !special(head, i, values[i]!)) return false;
  }
  if (head.hasTransferEncoding) {
    if (head.hasContentLength) return false;
    head.bodyLength = CHUNKED;
  }
  return head.hasHost || head.minorVersion === 0;
}

/** Absolute form, authority form (CONNECT) and asterisk form (OPTIONS) of the target, RFC 9112 §3.2. */
function parseOtherForm(head: Http1RequestHead): boolean {
  const { target } = head;
  if (head.method === 'CONNECT') {
    head.authority = target;
    head.isAbsolute = true;
    return target.includes(':');
  }
  if (target === '*') return head.method === 'OPTIONS';
  if (target.slice(0, 7).toLowerCase() !== 'http://') return false;
  let authorityEnd = 7;
  while (authorityEnd < target.length) {
    const code = target.charCodeAt(authorityEnd);
    if (code === 47 || code === 63) break;
    authorityEnd++;
  }
  head.authority = target.slice(7, authorityEnd);
  head.isAbsolute = true;
  const rest = target.slice(authorityEnd);
  head.target = rest.startsWith('/') ? rest : `/${rest}`;
  const queryStart = head.target.indexOf('?');
  head.path = queryStart < 0 ? head.target : head.target.slice(0, queryStart);
  return head.authority !== '';
}

/** Characters of a host: RFC 3986 `reg-name` and IP literals, without user information. */
const HOST_CLASS = new Uint8Array(256);
for (const character of "-._~!$&'()*+,;=%[]0123456789abcdefghijklmnopqrstuvwxyz") {
  HOST_CLASS[character.charCodeAt(0)] = 1;
}
const UPPER = 2;
for (let code = 65; code <= 90; code++) HOST_CLASS[code] = UPPER;

/** Splits `authority` into host and port. An empty Host is allowed (RFC 9112 §3.2) and matches nothing. */
function parseAuthority(head: Http1RequestHead): boolean {
  const { authority } = head;
  let hasUpper = false;
  let end = authority.length;
  let i = 0;
  const isLiteral = authority.charCodeAt(0) === 91; /* [ */
  for (; i < authority.length; i++) {
    const code = authority.charCodeAt(i);
    if (code === 58 /* : */) {
      if (isLiteral && authority.charCodeAt(i - 1) !== 93 /* ] */) continue;
      end = i;
      break;
    }
    const kind = HOST_CLASS[code];
    if (kind === 0) return false;
    if (kind === UPPER) hasUpper = true;
  }
  if (end < authority.length - 1) {
    const port = parseContentLength(authority.slice(end + 1));
    if (port < 1 || port > 65_535) return false;
    head.authorityPort = port;
  }
  if (end > 1 && authority.charCodeAt(end - 1) === 46 /* . */) end--;
  const host = end === authority.length ? authority : authority.slice(0, end);
  head.host = hasUpper ? host.toLowerCase() : host;
  return true;
}
