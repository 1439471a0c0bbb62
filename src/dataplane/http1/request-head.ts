import type { RequestHead } from '../request-head.ts';
import { CHUNKED } from './framing.ts';
import { HeaderLines, isTokenCode, NameFilter, parseContentLength } from './header-lines.ts';

/** A parsed HTTP/1.x request head with what the connection and the forwarding need to know. */
export class Http1RequestHead extends HeaderLines implements RequestHead {
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

  isPassedOn(line: number): boolean {
    // What came as x-forwarded-for is passed on in a line of ours.
    return !this.isDropped(line) || this.name(line) === 'x-forwarded-for';
  }
}

/**
 * Header fields that mean something here. Each returns false when the request is to be refused. Those
 * that are dropped belong to one connection (RFC 9110 §7.6.1), or are set anew by us, or would let a
 * client claim to be somebody.
 */
const SPECIAL = new Map<string, (head: Http1RequestHead, index: number) => boolean>([
  ['authorization', readAuthorization],
  ['host', readHost],
  ['content-length', readContentLength],
  ['transfer-encoding', readTransferEncoding],
  ['connection', readConnection],
  ['expect', readExpect],
  ['user-agent', readUserAgent],
  ['x-amz-security-token', readSecurityToken],
  ['x-amzn-requestid', readRequestId],
  ['x-forwarded-for', readForwardedFor],
]);

const DROPPED = [
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'x-amzn-source-vpc',
  'x-forwarded-port',
  'x-forwarded-proto',
];
for (const name of DROPPED) SPECIAL.set(name, (head, index) => head.drop(index));

const LATTICE_PREFIX = 'x-amzn-lattice-';

/** Headers that tell targets of the client and its way; those that begin with the prefix beside these. */
const OURS: ReadonlySet<string> = new Set([
  'x-amzn-requestid',
  'x-amzn-source-vpc',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

const SPECIAL_NAMES = new NameFilter(SPECIAL.keys(), LATTICE_PREFIX);

function readSpecial(head: Http1RequestHead, index: number): boolean {
  const name = head.name(index);
  const read = SPECIAL.get(name);
  if (read !== undefined) return read(head, index);
  return isOurs(NOT_PLAIN.test(name) ? asVariable(name) : name) ? head.drop(index) : true;
}

const isOurs = (name: string): boolean => name.startsWith(LATTICE_PREFIX) || OURS.has(name);

const NOT_PLAIN = /[^a-z0-9-]/;

/**
 * Targets that get headers as variables (RFC 3875 §4.1.18: CGI, and after it WSGI, Rack, PHP) cannot
 * tell an underscore from a hyphen, some of them nor any other sign.
 */
const asVariable = (name: string): string => name.replace(/[^a-z0-9]/g, '-');

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

function readExpect(head: Http1RequestHead, index: number): boolean {
  head.expectsContinue = head.value(index).toLowerCase() === '100-continue';
  return head.expectsContinue && head.drop(index);
}

function readAuthorization(head: Http1RequestHead, index: number): boolean {
  head.authorizationLines ??= [];
  head.authorizationLines.push(index);
  return true;
}

function readSecurityToken(head: Http1RequestHead, index: number): boolean {
  head.securityTokenLines ??= [];
  head.securityTokenLines.push(index);
  return true;
}

function readUserAgent(head: Http1RequestHead, index: number): boolean {
  if (head.userAgentLine < 0) head.userAgentLine = index;
  return true;
}

function readRequestId(head: Http1RequestHead, index: number): boolean {
  if (head.requestIdLine < 0) head.requestIdLine = index;
  return head.drop(index);
}

/** As many proxies as a request may have passed (ALB: 30); more is a loop, and would only end by its size. */
const MAX_FORWARDED_FOR = 30;

/** All that came, in order; the client itself is appended when the request is forwarded. */
function readForwardedFor(head: Http1RequestHead, index: number): boolean {
  const value = head.value(index);
  head.forwardedForCount += value.split(',').length;
  if (head.forwardedForCount > MAX_FORWARDED_FOR) return false;
  if (value !== '') head.forwardedFor += head.forwardedFor === '' ? value : `, ${value}`;
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

/** Characters of a host: RFC 3986 `reg-name`, without user information. */
const HOST_CLASS = new Uint8Array(256);
for (const character of "-._~!$&'()*+,;=%0123456789abcdefghijklmnopqrstuvwxyz") {
  HOST_CLASS[character.charCodeAt(0)] = 1;
}
const UPPER = 2;
for (let code = 65; code <= 90; code++) HOST_CLASS[code] = UPPER;

/** Splits `authority` into host and port. An empty Host is allowed (RFC 9112 §3.2) and matches nothing. */
function parseAuthority(head: Http1RequestHead): boolean {
  const { authority } = head;
  let end = authority.length;
  let i = authority.charCodeAt(0) === 91 /* [ */ ? literalEnd(authority) : 0;
  if (i < 0) return false;
  let hasUpper = i > 0;
  for (; i < authority.length; i++) {
    const code = authority.charCodeAt(i);
    if (code === 58 /* : */) {
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

/** Offset behind an IP literal (RFC 3986 §3.2.2), which only a port may follow; -1 when it is none. */
function literalEnd(authority: string): number {
  const end = authority.indexOf(']') + 1;
  if (end < authority.length && authority.charCodeAt(end) !== 58 /* : */) return -1;
  return /^\[[0-9a-f:.]+\]$/i.test(authority.slice(0, end)) ? end : -1;
}
