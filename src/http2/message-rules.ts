/** What a name means to the form of a message. */
const PLAIN = 0;
const FORBIDDEN = 1;
const TE = 2;
const CONTENT_LENGTH = 3;
const HOST = 4;
const PSEUDO = 5;
type NameKind =
  | typeof PLAIN
  | typeof FORBIDDEN
  | typeof TE
  | typeof CONTENT_LENGTH
  | typeof HOST
  | typeof PSEUDO;

const SPECIAL_NAMES: readonly (readonly [name: string, kind: NameKind])[] = [
  // RFC 9113 §8.2.2: about one connection, which HTTP/2 says in other ways.
  ['connection', FORBIDDEN],
  ['keep-alive', FORBIDDEN],
  ['proxy-connection', FORBIDDEN],
  ['transfer-encoding', FORBIDDEN],
  ['upgrade', FORBIDDEN],
  ['te', TE],
  ['content-length', CONTENT_LENGTH],
  ['host', HOST],
];

/**
 * Kinds of the names that were seen, so that each is looked at once. What peers may add is bounded: there
 * are some hundred names that everybody uses.
 */
const kinds = new Map<string, NameKind>(SPECIAL_NAMES);
const MAX_KNOWN_NAMES = 1000;
const MAX_KNOWN_NAME_LENGTH = 64;

/** tchar of RFC 9110 §5.6.2, without the letters in upper case, which are no names here (RFC 9113 §8.2.1). */
const TOKEN = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
const METHOD = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const STATUS = /^[1-9]\d\d$/;
const LENGTH = /^\d{1,15}$/;

/** A message is malformed (RFC 9113 §8.1.1): its stream is reset with PROTOCOL_ERROR. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/**
 * Looks whether header lists have the form that RFC 9113 §8 demands. One for each connection, since the
 * next head is mostly like the one before.
 */
export class MessageRules {
  /** What the last head said; -1: nothing. */
  contentLength = -1;
  /** Of the last head of a response. */
  status = 0;
  /** Values that were found good, by their place: the same text at the same place needs no second look. */
  readonly #goodValues: string[] = [];
  #goodAuthority: string | undefined;
  #hasHost = false;

  /** @throws MalformedMessage */
  request(fields: readonly string[], endsStream: boolean): void {
    const start = regularStart(fields);
    const { method, path, scheme, authority } = requestPseudoFields(fields, start);
    this.#regular(fields, start, true);
    if (method === undefined || !(COMMON_METHODS.has(method) || METHOD.test(method))) {
      throw new MalformedMessage('the method is none');
    }
    if (authority !== undefined && !this.#isAuthority(authority)) {
      throw new MalformedMessage('the authority is none');
    }
    if (method === 'CONNECT') {
      // RFC 9113 §8.5
      if (authority === undefined || path !== undefined || scheme !== undefined) {
        throw new MalformedMessage('CONNECT has an authority and nothing else');
      }
    } else {
      if (scheme !== 'http' && scheme !== 'https' && !SCHEME.test(scheme ?? '')) {
        throw new MalformedMessage('the scheme is none');
      }
      if (!isPath(path, method)) throw new MalformedMessage('the path is none');
      if (authority === undefined && !this.#hasHost) {
        throw new MalformedMessage('neither authority nor host');
      }
    }
    if (endsStream && this.contentLength > 0) {
      throw new MalformedMessage('content-length without a body');
    }
  }

  /** Interim or final. @throws MalformedMessage */
  response(fields: readonly string[]): void {
    const start = regularStart(fields);
    if (start !== 2 || fields[0] !== ':status') throw new MalformedMessage('no status, or more');
    const status = fields[1]!;
    // RFC 9113 §8.6: there is no 101 here.
    if (!STATUS.test(status) || status === '101') throw new MalformedMessage('the status is none');
    this.status = Number(status);
    this.#regular(fields, start, false);
  }

  /** @throws MalformedMessage */
  trailers(fields: readonly string[]): void {
    this.#regular(fields, 0, true);
  }

  #regular(fields: readonly string[], start: number, isOfClient: boolean): void {
    this.contentLength = -1;
    this.#hasHost = false;
    for (let i = start; i < fields.length; i += 2) {
      const name = fields[i]!;
      const value = fields[i + 1]!;
      const kind = kinds.get(name) ?? learnKind(name);
      this.#checkValue(value, i);
      if (kind === PLAIN) continue;
      if (kind === CONTENT_LENGTH) this.#readContentLength(value);
      else if (kind === HOST) this.#readHost(value, isOfClient);
      else if (kind === TE) checkTe(value);
      else if (kind === PSEUDO)
        throw new MalformedMessage(`\`${name}\` where no pseudo-header may be`);
      else throw new MalformedMessage(`\`${name}\` is not for HTTP/2`);
    }
  }

  #checkValue(value: string, place: number): void {
    if (this.#goodValues[place] === value) return;
    if (!isFieldValue(value)) throw new MalformedMessage('a value has what no value may have');
    if (place < MAX_KNOWN_PLACES && value.length <= MAX_KNOWN_VALUE_LENGTH) {
      // Without holes: elements would be looked up by their names otherwise.
      while (this.#goodValues.length < place) this.#goodValues.push('');
      this.#goodValues[place] = value;
    }
  }

  #readContentLength(value: string): void {
    if (this.contentLength >= 0 || !LENGTH.test(value)) {
      throw new MalformedMessage('content-length is none, or is there twice');
    }
    this.contentLength = Number(value);
  }

  #readHost(value: string, isOfClient: boolean): void {
    if (!isOfClient) return;
    if (this.#hasHost || value === '')
      throw new MalformedMessage('host is empty, or is there twice');
    this.#hasHost = true;
  }

  #isAuthority(authority: string): boolean {
    if (this.#goodAuthority === authority) return true;
    // RFC 9113 §8.3.1: no user information.
    if (authority === '' || !isPrintable(authority) || authority.includes('@')) return false;
    if (authority.length <= MAX_KNOWN_VALUE_LENGTH) this.#goodAuthority = authority;
    return true;
  }
}

/** Places and lengths of which the values are remembered: 16 KiB a connection at most. */
const MAX_KNOWN_PLACES = 64;
const MAX_KNOWN_VALUE_LENGTH = 256;

const COMMON_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

interface PseudoFields {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
}

/** Where the fields begin that are no pseudo-headers. */
function regularStart(fields: readonly string[]): number {
  let start = 0;
  while (start < fields.length && fields[start]!.charCodeAt(0) === 58 /* : */) start += 2;
  return start;
}

function requestPseudoFields(fields: readonly string[], end: number): PseudoFields {
  let method: string | undefined;
  let path: string | undefined;
  let scheme: string | undefined;
  let authority: string | undefined;
  for (let i = 0; i < end; i += 2) {
    const value = fields[i + 1]!;
    switch (fields[i]) {
      case ':method':
        if (method !== undefined) throw twice(fields[i]!);
        method = value;
        break;
      case ':path':
        if (path !== undefined) throw twice(fields[i]!);
        path = value;
        break;
      case ':scheme':
        if (scheme !== undefined) throw twice(fields[i]!);
        scheme = value;
        break;
      case ':authority':
        if (authority !== undefined) throw twice(fields[i]!);
        authority = value;
        break;
      default:
        throw new MalformedMessage('a pseudo-header that requests have not');
    }
  }
  return { method, path, scheme, authority };
}

const twice = (name: string): MalformedMessage => new MalformedMessage(`\`${name}\` twice`);

function learnKind(name: string): NameKind {
  if (name.charCodeAt(0) === 58 /* : */) return PSEUDO;
  if (!TOKEN.test(name)) throw new MalformedMessage('a name has what no name may have');
  if (kinds.size < MAX_KNOWN_NAMES && name.length <= MAX_KNOWN_NAME_LENGTH) kinds.set(name, PLAIN);
  return PLAIN;
}

/** RFC 9113 §8.2.2. Names of codings are compared without case (RFC 9110 §10.1.4). */
function checkTe(value: string): void {
  if (value !== 'trailers' && value.toLowerCase() !== 'trailers') {
    throw new MalformedMessage('TE asks for more than trailers');
  }
}

/** RFC 9110 §5.5, and no white space around it (RFC 9113 §8.2.1). */
function isFieldValue(value: string): boolean {
  const { length } = value;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if ((code < 32 && code !== 9) || code === 127) return false;
  }
  return length === 0 || !(isSpace(value.charCodeAt(0)) || isSpace(value.charCodeAt(length - 1)));
}

function isPath(path: string | undefined, method: string): boolean {
  if (path === undefined || path === '') return false;
  if (path.charCodeAt(0) !== 47 /* / */) return path === '*' && method === 'OPTIONS';
  for (let i = 1; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code <= 32 || code === 127) return false;
  }
  return true;
}

const isSpace = (code: number): boolean => code === 32 || code === 9;

function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code >= 127) return false;
  }
  return true;
}
