import { decodeUri } from './encode-uri.ts';
import { SignatureError } from './signature-problem.ts';

/** The `X-Amz-…` parameters of a query, decoded, by their names in lower case. */
export type QueryParameters = ReadonlyMap<string, readonly string[]>;

export const hasSignature = (query: QueryParameters): boolean =>
  query.has('x-amz-algorithm') || query.has('x-amz-signature');

/** @throws SignatureError unless the parameter is there once and not empty */
export const single = (query: QueryParameters, name: string): string => {
  const values = query.get(name.toLowerCase()) ?? [];
  if (values.length !== 1 || values[0] === '') {
    throw new SignatureError(
      'incomplete',
      `AWS query-string parameters must include '${name}' once.`,
    );
  }
  return values[0] as string;
};

/** @throws SignatureError when the parameter is there more than once, or empty */
export const optional = (query: QueryParameters, name: string): string | undefined =>
  query.has(name.toLowerCase()) ? single(query, name) : undefined;

/** Tells most queries from presigned ones by the first letters of their names. */
const mayNameSignature = (rawQuery: string): boolean => {
  let at = 0;
  do {
    const code = rawQuery.charCodeAt(at);
    if (code === 120 /* x */ || code === 88 /* X */ || code === 37 /* % */) return true;
    at = rawQuery.indexOf('&', at) + 1;
  } while (at > 0);
  return false;
};

/** By lower-case name: a second spelling of a name counts as the same parameter, so it cannot hide one. */
export const queryParameters = (rawQuery: string): QueryParameters => {
  const parameters = new Map<string, string[]>();
  if (!mayNameSignature(rawQuery)) return parameters;
  for (const part of rawQuery.split('&')) {
    const equals = part.indexOf('=');
    const rawName = equals < 0 ? part : part.slice(0, equals);
    const name = decodeUri(rawName).toLowerCase();
    if (!name.startsWith('x-amz-')) continue;
    const value = equals < 0 ? '' : decodeUri(part.slice(equals + 1));
    const values = parameters.get(name);
    if (values) values.push(value);
    else parameters.set(name, [value]);
  }
  return parameters;
};
