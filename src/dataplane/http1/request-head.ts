import { parseAuthority } from '../authority.ts';
import type { ForwardedRequest } from '../forwarded-request.ts';
import {
  dropField,
  LATTICE_PREFIX,
  type ReadField,
  SHARED_FIELDS,
  seemsOurs,
} from '../request-fields.ts';
import { CHUNKED } from './framing.ts';
import { HeaderLines, isTokenCode, NameFilter, parseContentLength } from './header-lines.ts';

/** A parsed HTTP/1.x request head with what the connection and the forwarding need to know. */
export class Http1RequestHead extends HeaderLines implements ForwardedRequest {
  method = '';
  target = '';
  path = '';
  authority = '';
  host = '';
  /** Of `authority`; 0 when it names none. */
  authorityPort = 0;
  /** Where the request line begins in `text`. */
  start = 0;
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
  /** The request line is not what the target is to get. */
  isRewritten = false;
  /** Positions of these among the lines; -1: absent. Of several, the first. */
  requestIdLine = -1;
  userAgentLine = -1;
  /** Lines that may carry credentials of AWS: `authorization`, `x-amz-security-token`. */
  authorizationLines: number[] | undefined = undefined;
  securityTokenLines: number[] | undefined = undefined;
  /** What came as x-forwarded-for, joined; empty: nothing. */
  forwardedFor = '';
  forwardedForCount = 0;
  proxyAuthorization = '';

  isPassedOn(line: number): boolean {
    // What came as x-forwarded-for is passed on in a line of ours.
    return !this.isDropped(line) || this.name(line) === 'x-forwarded-for';
  }

  /** gRPC is HTTP/2. */
  readonly isGrpc = false;

  get protocol(): string {
    return this.minorVersion === 1 ? 'HTTP/1.1' : 'HTTP/1.0';
  }

  /** What stays is copied in runs, as it came: order, spelling and bytes are the client's, and usually it is one run. */
  toHttp1(): string {
    if (!this.isRewritten) return this.keptFrom(this.start);
    const host = this.isAbsolute ? `host: ${this.authority}\r\n` : '';
    const lines = this.keptFrom(this.count > 0 ? this.lineStart(0) : this.linesEnd);
    return `${this.method} ${this.target} HTTP/1.1\r\n${host}${lines}`;
  }
}

/** Header fields that mean something here; those of framing and of the connection are HTTP/1.1's own (RFC 9110 §7.6.1). */
const SPECIAL = new Map<string, ReadField<Http1RequestHead>>([
  ...SHARED_FIELDS,
  ['host', readHost],
  ['content-length', readContentLength],
  ['transfer-encoding', readTransferEncoding],
  ['connection', readConnection],
  ['te', dropField],
  ['trailer', dropField],
]);

const SPECIAL_NAMES = new NameFilter(SPECIAL.keys(), LATTICE_PREFIX);

function readSpecial(head: Http1RequestHead, index: number): boolean {
  const name = head.name(index);
  const read = SPECIAL.get(name);
  if (read !== undefined) return read(head, index);
  return seemsOurs(name) ? head.drop(index) : true;
}

function readHost(head: Http1RequestHead, index: number): boolean {
  if (head.hasHost) return false;
  head.hasHost = true;
  if (head.isAbsolute) return head.drop(index);
  head.authority = head.value(index);
  return true;
}

function readContentLength(head: Http1RequestHead, index: number): boolean {
  // A second one is refused even when it is equal: whoever sends two has something in mind.
  if (head.hasContentLength) return false;
  head.hasContentLength = true;
  head.bodyLength = parseContentLength(head.value(index));
  return head.bodyLength >= 0 && !head.hasTab(index);
}

function readTransferEncoding(head: Http1RequestHead, index: number): boolean {
  if (head.hasTransferEncoding || head.minorVersion === 0) return false;
  head.hasTransferEncoding = true;
  return head.value(index).toLowerCase() === 'chunked' && !head.hasTab(index);
}

function readConnection(head: Http1RequestHead, index: number): boolean {
  head.nominate(head.value(index));
  return head.drop(index);
}

/** Framing and routing do not end here because a client names them in `Connection`. */
const NEVER_NOMINATED = new Set(['host', 'content-length', 'transfer-encoding']);

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
  if (text.charCodeAt(position + 9) !== 13 || text.charCodeAt(position + 10) !== 10)
    return undefined;
  head.minorVersion = minor;
  head.keepAlive = minor === 1;
  head.target = text.slice(targetStart, position);
  head.path = queryStart < 0 ? head.target : text.slice(targetStart, queryStart);
  const isOriginForm = text.charCodeAt(targetStart) === 47 /* / */ && head.method !== 'CONNECT';
  if (!isOriginForm && !parseOtherForm(head)) return undefined;

  head.start = start;
  head.byteLength = end - start;
  if (minor === 0) head.isRewritten = true;
  const readLine = (index: number) => readSpecial(head, index);
  if (!head.parse(text, position + 11, end - 2, maxHeaderCount, SPECIAL_NAMES, readLine)) {
    return undefined;
  }
  if (head.nominated !== undefined) {
    if (head.nominated.includes('close')) head.keepAlive = false;
    head.dropNominated(NEVER_NOMINATED);
  }
  if (head.hasTransferEncoding) {
    if (head.hasContentLength) return undefined;
    head.bodyLength = CHUNKED;
  }
  if (!head.hasHost && minor === 1) return undefined;
  return parseAuthority(head) ? head : undefined;
}

/** Absolute form, authority form (CONNECT) and asterisk form (OPTIONS) of the target, RFC 9112 §3.2. */
function parseOtherForm(head: Http1RequestHead): boolean {
  const { target } = head;
  if (head.method === 'CONNECT') {
    head.authority = target;
    head.isAbsolute = true;
    head.isRewritten = true;
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
  head.isRewritten = true;
  const rest = target.slice(authorityEnd);
  head.target = rest.startsWith('/') ? rest : `/${rest}`;
  const queryStart = head.target.indexOf('?');
  head.path = queryStart < 0 ? head.target : head.target.slice(0, queryStart);
  return head.authority !== '';
}
