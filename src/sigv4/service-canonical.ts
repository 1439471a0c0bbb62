import { canonicalPath } from './canonical-path.ts';
import { canonicalQuery } from './canonical-query.ts';
import { canonicalValue } from './canonical-request.ts';
import { refuseAbsent } from './check-claim.ts';
import { UNSIGNED_PAYLOAD } from './service-claim.ts';
import type { ServiceRequest } from './service-request.ts';

/** What of a canonical request does not depend on how paths are written. */
export interface CanonicalParts {
  readonly method: string;
  readonly query: string;
  /** A line each, with its end. */
  readonly headers: string;
  readonly signedHeaders: string;
  /** In the place of the hash of a body. */
  readonly payload: string;
}

/**
 * The canonical request but for its path (AWS: "Create a canonical request").
 *
 * @throws SignatureError when a signed header is not there
 */
export const canonicalParts = (
  request: ServiceRequest,
  signedHeaders: readonly string[],
): CanonicalParts => ({
  method: request.method,
  query: canonicalQuery(rawQuery(request), 'X-Amz-Signature'),
  headers: canonicalHeaders(request, signedHeaders),
  signedHeaders: signedHeaders.join(';'),
  payload: UNSIGNED_PAYLOAD,
});

export const rawQuery = ({ target, path }: ServiceRequest): string => target.slice(path.length + 1);

export const canonicalText = (parts: CanonicalParts, path: string): string =>
  `${parts.method}\n${path}\n${parts.query}\n${parts.headers}\n${parts.signedHeaders}\n${parts.payload}`;

/**
 * How else the path may have been signed. AWS's example for services signs it as it is sent, which
 * comes first and is not among these; other signers encode it once more, as for every service but
 * S3, or normalise it before. Our choice, since clients cannot all be told. A signature for `/a` is
 * thereby one for `/x/../a`, too; policies and targets see that as it came.
 */
export const otherPaths = (path: string): ReadonlySet<string> => {
  const paths = new Set([
    canonicalPath(path, { doubleEncode: true, normalize: false }),
    canonicalPath(path, { doubleEncode: false, normalize: true }),
    canonicalPath(path, { doubleEncode: true, normalize: true }),
  ]);
  paths.delete(path);
  return paths;
};

const canonicalHeaders = (request: ServiceRequest, signedHeaders: readonly string[]): string => {
  // More names than lines: one of them is not there, and looking for each would take long.
  if (signedHeaders.length > request.names.length + 1)
    refuseAbsent(absentOf(request, signedHeaders));
  let lines = '';
  for (const name of signedHeaders) {
    const value = headerValue(request, name);
    if (value === undefined) return refuseAbsent(absentOf(request, signedHeaders));
    lines += `${name}:${isCanonical(value) ? value : canonicalValue(value)}\n`;
  }
  return lines;
};

/** Lines of the same name are one value, joined by `,`. */
export const headerValue = (request: ServiceRequest, name: string): string | undefined => {
  if (name === 'host') return request.authority;
  const { names, values } = request;
  let value: string | undefined;
  for (let i = 0; i < names.length; i++) {
    if (names[i] === name) value = value === undefined ? values[i] : `${value},${values[i]}`;
  }
  return value;
};

/** Nothing to trim and no run of white space. */
const isCanonical = (value: string): boolean =>
  !value.includes('  ') &&
  !value.includes('\t') &&
  value.charCodeAt(0) !== 32 &&
  value.charCodeAt(value.length - 1) !== 32;

/** Signed headers that are not there. */
export const absentOf = (
  request: ServiceRequest,
  signedHeaders: readonly string[],
): readonly string[] => {
  const present = new Set(request.names).add('host');
  return signedHeaders.filter((name) => !present.has(name));
};
