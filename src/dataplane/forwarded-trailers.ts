import { seemsOurs } from './request-fields.ts';

/**
 * What has no place behind a body (RFC 9110 §6.5.1): framing, the connection, routing, and who the
 * caller is. Many servers merge trailers into the headers that they have judged already.
 */
const NEVER_TRAILERS: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amz-security-token',
]);

/** The fields behind a body that came over HTTP/2. */
export interface Trailers {
  /** Name in lower case, value, name, value… */
  readonly fields: readonly string[];
  /** Names of those that nobody on the way may put into a table (RFC 7541 §7.1.3). */
  readonly neverIndexed?: readonly string[] | undefined;
}

/** The trailers that are passed on, in either direction; undefined when none are left. */
export function forwardedTrailers(trailers: Trailers | undefined): Trailers | undefined {
  if (trailers === undefined) return undefined;
  const { fields, neverIndexed } = trailers;
  const kept: string[] = [];
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i]!;
    if (!NEVER_TRAILERS.has(name) && !seemsOurs(name)) kept.push(name, fields[i + 1]!);
  }
  return kept.length === 0 ? undefined : { fields: kept, neverIndexed };
}
