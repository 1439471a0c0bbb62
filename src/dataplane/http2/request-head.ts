import { parseAuthority } from '../authority.ts';
import type { ForwardedRequest } from '../forwarded-request.ts';
import { isGrpcContentType } from '../grpc.ts';
import { CHUNKED } from '../http1/framing.ts';
import { NameFilter, parseContentLength } from '../http1/header-lines.ts';
import { LATTICE_PREFIX, type ReadField, SHARED_FIELDS, seemsOurs } from '../request-fields.ts';
import { byteLengthOf, type RawFields, toLines } from './fields.ts';

/** A request head that came over HTTP/2. */
export class Http2RequestHead implements ForwardedRequest {
  method = '';
  target = '';
  path = '';
  authority = '';
  host = '';
  authorityPort = 0;
  readonly protocol = 'HTTP/2';
  readonly keepAlive = true;
  readonly byteLength: number;
  readonly neverIndexed: readonly string[] | undefined;
  bodyLength: number;
  expectsContinue = false;
  isGrpc = false;
  isRewritten = false;
  /** The client has said that it takes trailers. */
  takesTrailers = false;
  /** The client has said that it sends trailers. */
  announcesTrailers = false;
  requestIdLine = -1;
  userAgentLine = -1;
  authorizationLines: number[] | undefined = undefined;
  securityTokenLines: number[] | undefined = undefined;
  forwardedFor = '';
  forwardedForCount = 0;
  proxyAuthorization = '';
  /** What `host` says, which is another name of `:authority`. */
  sentHost: string | undefined = undefined;
  hasContentLength = false;
  cookieCount = 0;
  readonly #fields: RawFields;
  /** Where in `#fields` the regular ones begin. */
  readonly #start: number;
  #dropped: number[] | undefined;
  #names: string[] | undefined;
  #values: string[] | undefined;

  constructor(
    fields: RawFields,
    start: number,
    isEnded: boolean,
    neverIndexed: readonly string[] | undefined,
  ) {
    this.#fields = fields;
    this.neverIndexed = neverIndexed;
    this.#start = start;
    this.byteLength = byteLengthOf(fields);
    this.bodyLength = isEnded ? 0 : CHUNKED;
  }

  get count(): number {
    return (this.#fields.length - this.#start) >> 1;
  }

  get names(): readonly string[] {
    this.#names ??= Array.from({ length: this.count }, (_, i) => this.name(i));
    return this.#names;
  }

  get values(): readonly string[] {
    this.#values ??= Array.from({ length: this.count }, (_, i) => this.value(i));
    return this.#values;
  }

  name(index: number): string {
    return this.#fields[this.#start + 2 * index]!;
  }

  value(index: number): string {
    return this.#fields[this.#start + 2 * index + 1]!;
  }

  drop(index: number): true {
    this.#dropped ??= [];
    this.#dropped.push(index);
    return true;
  }

  isPassedOn(line: number): boolean {
    const name = this.name(line);
    // What came as x-forwarded-for is passed on in a field of ours.
    if (this.#dropped?.includes(line)) return name === 'x-forwarded-for';
    // Not to every target: HTTP/1.1 knows them as its connection's.
    return name !== 'te' && name !== 'trailer';
  }

  dropLater(indexes: readonly number[]): void {
    for (const index of indexes) this.drop(index);
  }

  toHttp2(): string[] {
    const kept: string[] = [];
    const dropped = this.#dropped;
    for (let i = this.#start, index = 0; i < this.#fields.length; i += 2, index++) {
      if (dropped === undefined || !dropped.includes(index)) {
        kept.push(this.#fields[i]!, this.#fields[i + 1]!);
      }
    }
    // In the one spelling that everybody takes.
    if (this.takesTrailers) kept.push('te', 'trailers');
    return kept;
  }

  toHttp1(): string {
    const lines = toLines(this.#forHttp1());
    return `${this.method} ${this.target} HTTP/1.1\r\nhost: ${this.authority}\r\n${lines}${this.#framing()}`;
  }

  /** Without what is about trailers; cookies, which HTTP/2 may cut, in one piece (RFC 9113 §8.2.3). */
  #forHttp1(): string[] {
    const kept = this.toHttp2();
    if (!this.takesTrailers && !this.announcesTrailers && this.cookieCount < 2) return kept;
    const fields: string[] = [];
    const cookies: string[] = [];
    for (let i = 0; i < kept.length; i += 2) {
      const name = kept[i]!;
      if (name === 'cookie') cookies.push(kept[i + 1]!);
      else if (name !== 'te' && name !== 'trailer') fields.push(name, kept[i + 1]!);
    }
    if (cookies.length > 0) fields.push('cookie', cookies.join('; '));
    return fields;
  }

  #framing(): string {
    if (this.bodyLength === CHUNKED) return 'transfer-encoding: chunked\r\n';
    // RFC 9110 §8.6: where a body would mean something, its absence is told.
    const isExpected = this.method === 'POST' || this.method === 'PUT' || this.method === 'PATCH';
    return this.bodyLength === 0 && isExpected && !this.hasContentLength
      ? 'content-length: 0\r\n'
      : '';
  }
}

/** What means something in HTTP/2 only, or something else than in HTTP/1.1. */
const SPECIAL = new Map<string, ReadField<Http2RequestHead>>([
  ...SHARED_FIELDS,
  ['host', readHost],
  ['content-length', readContentLength],
  ['content-type', readContentType],
  ['cookie', readCookie],
  ['te', readTe],
  ['trailer', readTrailer],
]);

const SPECIAL_NAMES = new NameFilter(SPECIAL.keys(), LATTICE_PREFIX);

function readHost(head: Http2RequestHead, index: number): boolean {
  if (head.sentHost !== undefined) return false;
  head.sentHost = head.value(index);
  return head.drop(index);
}

function readContentLength(head: Http2RequestHead, index: number): boolean {
  if (head.hasContentLength) return false;
  head.hasContentLength = true;
  const length = parseContentLength(head.value(index));
  if (head.bodyLength === 0) return length === 0;
  head.bodyLength = length;
  return length >= 0;
}

function readContentType(head: Http2RequestHead, index: number): boolean {
  if (isGrpcContentType(head.value(index))) head.isGrpc = true;
  return true;
}

function readCookie(head: Http2RequestHead): boolean {
  head.cookieCount++;
  return true;
}

/** RFC 9113 §8.2.2: nothing but `trailers`, which is the only thing that is not about one connection. */
function readTe(head: Http2RequestHead, index: number): boolean {
  head.takesTrailers = head.value(index).toLowerCase() === 'trailers';
  return head.takesTrailers && head.drop(index);
}

function readTrailer(head: Http2RequestHead): boolean {
  head.announcesTrailers = true;
  return true;
}

const MAX_METHOD_LENGTH = 32;

/**
 * Reads the fields of a request. Undefined: it is not for us, though its form is that of RFC 9113 §8,
 * which its session has seen to.
 *
 * @param isEnded no body follows
 * @param neverIndexed names of fields that nobody on the way may put into a table
 */
export function parseHttp2Request(
  fields: RawFields,
  isEnded: boolean,
  neverIndexed?: readonly string[],
): Http2RequestHead | undefined {
  let start = 0;
  while (fields[start]?.charCodeAt(0) === 58 /* : */) start += 2;
  const head = new Http2RequestHead(fields, start, isEnded, neverIndexed);
  let hasAuthority = false;
  for (let i = 0; i < start; i += 2) {
    const value = fields[i + 1]!;
    switch (fields[i]) {
      case ':method':
        head.method = value;
        break;
      case ':path':
        head.target = value;
        break;
      case ':authority':
        head.authority = value;
        hasAuthority = true;
        break;
      case ':scheme':
        // What it says of TLS is known better from the connection.
        break;
      default:
        return undefined;
    }
  }
  if (head.method.length > MAX_METHOD_LENGTH || !readPath(head)) return undefined;
  for (let index = 0; index < head.count; index++) {
    const name = head.name(index);
    if (
      SPECIAL_NAMES.mayContain(name.length, name.charCodeAt(0)) &&
      !readSpecial(head, name, index)
    )
      return undefined;
  }
  const { sentHost } = head;
  if (!hasAuthority) {
    if (sentHost === undefined) return undefined;
    head.authority = sentHost;
  } else if (sentHost !== undefined && sentHost.toLowerCase() !== head.authority.toLowerCase()) {
    return undefined;
  }
  return parseAuthority(head) ? head : undefined;
}

function readSpecial(head: Http2RequestHead, name: string, index: number): boolean {
  const read = SPECIAL.get(name);
  if (read !== undefined) return read(head, index);
  return seemsOurs(name) ? head.drop(index) : true;
}

/** The same that an HTTP/1.1 request line may have: `:path` becomes one. CONNECT has none, and is refused with that. */
function readPath(head: Http2RequestHead): boolean {
  const { target, method } = head;
  if (target.charCodeAt(0) !== 47 /* / */ && !(target === '*' && method === 'OPTIONS'))
    return false;
  let queryStart = -1;
  for (let i = 0; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code <= 32 || code >= 127 || code === 35 /* # */) return false;
    if (code === 63 /* ? */ && queryStart < 0) queryStart = i;
  }
  head.path = queryStart < 0 ? target : target.slice(0, queryStart);
  return true;
}
