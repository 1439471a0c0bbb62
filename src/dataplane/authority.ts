import { parseContentLength } from './http1/header-lines.ts';

/** A head whose authority is split into its parts. */
export interface HasAuthority {
  /** Host or :authority as received. */
  readonly authority: string;
  /** `authority` in lower case, without port and trailing dot. */
  host: string;
  /** 0 when it names none. */
  authorityPort: number;
}

/** Characters of a host: RFC 3986 `reg-name`, without user information. */
const HOST_CLASS = new Uint8Array(256);
for (const character of "-._~!$&'()*+,;=%0123456789abcdefghijklmnopqrstuvwxyz") {
  HOST_CLASS[character.charCodeAt(0)] = 1;
}
const UPPER = 2;
for (let code = 65; code <= 90; code++) HOST_CLASS[code] = UPPER;

/** Splits `authority` into host and port. An empty Host is allowed (RFC 9112 §3.2) and matches nothing. */
export function parseAuthority(head: HasAuthority): boolean {
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
