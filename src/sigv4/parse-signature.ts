import { formatAmzDate, parseAmzDate } from './amz-date.ts';
import { decodeUri } from './encode-uri.ts';
import { SignatureError } from './signature-problem.ts';
import type { SignedRequest } from './signed-request.ts';
import { ALGORITHM, type CredentialScope, TERMINATOR } from './string-to-sign.ts';

/** What a request says of its own signature; nothing of it is proven yet. */
export interface SignatureClaim {
  readonly form: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly amzDate: string;
  readonly signedAt: Date;
  /** Presigned form: how long the signature holds. */
  readonly expiresSeconds: number | undefined;
  /** Lower case, in the order given. */
  readonly signedHeaders: readonly string[];
  /** 64 lower-case hex digits. */
  readonly signature: string;
  readonly sessionToken: string | undefined;
}

/** Seven days, AWS's limit. */
export const MAX_EXPIRES_SECONDS = 604_800;

/**
 * Reads the Authorization header or the X-Amz-… query parameters.
 *
 * @throws SignatureError with kind `missing` when there are neither, `incomplete` or `invalid` when
 * they are not what SigV4 asks for
 */
export const parseSignature = (request: SignedRequest): SignatureClaim => {
  const authorization = request.headers['authorization'];
  const query = queryParameters(request.rawQuery);
  const isPresigned = query.has('x-amz-algorithm') || query.has('x-amz-signature');
  if (authorization !== undefined && isPresigned) {
    throw new SignatureError(
      'incomplete',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified',
    );
  }
  if (authorization !== undefined) return fromHeader(authorization, request);
  if (isPresigned) return fromQuery(query);
  throw new SignatureError('missing', 'Missing Authentication Token');
};

const fromHeader = (authorization: string, request: SignedRequest): SignatureClaim => {
  const space = authorization.indexOf(' ');
  const algorithm = space < 0 ? authorization : authorization.slice(0, space);
  if (algorithm !== ALGORITHM) {
    throw new SignatureError(
      'incomplete',
      `Unsupported AWS 'algorithm': the Authorization header must start with ${ALGORITHM}.`,
    );
  }
  const fields = new Map<string, string>();
  for (const part of authorization.slice(space + 1).split(',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).trim();
    if (equals < 0 || fields.has(name)) {
      throw new SignatureError(
        'incomplete',
        'Authorization header must consist of Credential, SignedHeaders and Signature, once each, separated by commas.',
      );
    }
    fields.set(name, part.slice(equals + 1).trim());
  }
  const amzDate = request.headers['x-amz-date'] ?? fromHttpDate(request.headers['date']);
  const lacking = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !fields.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (amzDate === undefined) {
    lacking.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  if (lacking.length > 0 || amzDate === undefined) {
    throw new SignatureError('incomplete', lacking.join(' '));
  }
  return {
    form: 'header',
    ...parseCredential(fields.get('Credential') as string),
    ...parseDate(amzDate, 'X-Amz-Date'),
    expiresSeconds: undefined,
    signedHeaders: parseSignedHeaders(fields.get('SignedHeaders') as string),
    signature: parseHex(fields.get('Signature') as string),
    sessionToken: request.headers['x-amz-security-token'],
  };
};

const fromQuery = (query: ReadonlyMap<string, readonly string[]>): SignatureClaim => {
  const one = (name: string): string => {
    const values = query.get(name.toLowerCase()) ?? [];
    if (values.length !== 1 || values[0] === '') {
      throw new SignatureError(
        'incomplete',
        `AWS query-string parameters must include '${name}' once.`,
      );
    }
    return values[0] as string;
  };
  if (one('X-Amz-Algorithm') !== ALGORITHM) {
    throw new SignatureError(
      'incomplete',
      `Unsupported AWS 'algorithm': X-Amz-Algorithm must be ${ALGORITHM}.`,
    );
  }
  const expires = one('X-Amz-Expires');
  const expiresSeconds = /^\d{1,7}$/.test(expires) ? Number(expires) : 0;
  if (expiresSeconds < 1 || expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw new SignatureError(
      'incomplete',
      `X-Amz-Expires must be a whole number of seconds from 1 to ${MAX_EXPIRES_SECONDS}.`,
    );
  }
  return {
    form: 'query',
    ...parseCredential(one('X-Amz-Credential')),
    ...parseDate(one('X-Amz-Date'), 'X-Amz-Date'),
    expiresSeconds,
    signedHeaders: parseSignedHeaders(one('X-Amz-SignedHeaders')),
    signature: parseHex(one('X-Amz-Signature')),
    sessionToken: query.has('x-amz-security-token') ? one('X-Amz-Security-Token') : undefined,
  };
};

/** By lower-case name: a second spelling of a name counts as the same parameter, so it cannot hide one. */
const queryParameters = (rawQuery: string): ReadonlyMap<string, readonly string[]> => {
  const parameters = new Map<string, string[]>();
  if (!/x-amz-/i.test(rawQuery)) return parameters;
  for (const part of rawQuery.split('&')) {
    const equals = part.indexOf('=');
    const rawName = equals < 0 ? part : part.slice(0, equals);
    const name = decodeUri(rawName).toString('latin1').toLowerCase();
    const value = equals < 0 ? '' : decodeUri(part.slice(equals + 1)).toString('latin1');
    const values = parameters.get(name);
    if (values) values.push(value);
    else parameters.set(name, [value]);
  }
  return parameters;
};

const parseCredential = (
  credential: string,
): { readonly accessKeyId: string; readonly scope: CredentialScope } => {
  const parts = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = parts;
  if (parts.length !== 5 || !accessKeyId || !date || !region || !service) {
    throw new SignatureError(
      'incomplete',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    );
  }
  if (terminator !== TERMINATOR) {
    throw new SignatureError(
      'invalid',
      `Credential should be scoped with a valid terminator: '${TERMINATOR}'.`,
    );
  }
  return { accessKeyId, scope: { date, region, service } };
};

const parseDate = (amzDate: string, name: string) => {
  const signedAt = parseAmzDate(amzDate);
  if (!signedAt) {
    throw new SignatureError(
      'incomplete',
      `Date in ${name} must be in ISO-8601 'basic format', e.g. 20260401T123456Z.`,
    );
  }
  return { amzDate, signedAt };
};

const fromHttpDate = (date: string | undefined): string | undefined => {
  if (date === undefined) return undefined;
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : formatAmzDate(time);
};

const parseSignedHeaders = (text: string): readonly string[] => {
  const names = text.split(';');
  const isSorted = names.every((name, i) => i === 0 || (names[i - 1] as string) < name);
  if (!isSorted || names.some((name) => !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name))) {
    throw new SignatureError(
      'incomplete',
      "'SignedHeaders' must be lower-case header names, sorted, once each, separated by semicolons.",
    );
  }
  return names;
};

const parseHex = (signature: string): string => {
  if (!/^[0-9a-f]{64}$/.test(signature)) {
    throw new SignatureError('incomplete', "'Signature' must be 64 lower-case hexadecimal digits.");
  }
  return signature;
};
