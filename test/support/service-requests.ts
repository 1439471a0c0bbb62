import type { FindCredentials, ServiceRequest } from '../../src/sigv4/service-request.ts';
import { VerificationKeys } from '../../src/sigv4/verification-keys.ts';
import { type Credentials, smithySigner, smithySignerV4a } from './smithy-signer.ts';

/** Requests to services for tests, signed by AWS's own signers. */

export const NOW_MS = Date.UTC(2026, 3, 1, 12, 34, 56);
export const REGION = 'us-west-2';
export const HOST = 'rates-0123456789abcdef0.7d67968.vpc-lattice-svcs.us-west-2.on.aws';
export const CREDENTIALS: Credentials = {
  accessKeyId: 'AKIAEXAMPLE234567ABC',
  secretAccessKey: 'a/secret+with40',
};
export const SESSION: Credentials = {
  accessKeyId: 'ASIAEXAMPLE234567ABC',
  secretAccessKey: 'another/secret',
  sessionToken: 'FwoGZXIvYXdzEXAMPLE//token==',
};

const keysOf = ({ accessKeyId, secretAccessKey }: Credentials): VerificationKeys =>
  new VerificationKeys(accessKeyId, secretAccessKey);
const KEYS = keysOf(CREDENTIALS);
const SESSION_KEYS = keysOf(SESSION);

/** Knows both of the above, under the names `long` and `session`. */
export const findSample: FindCredentials<string> = (accessKeyId, sessionToken) => {
  if (accessKeyId === CREDENTIALS.accessKeyId && sessionToken === undefined) {
    return { found: 'caller', caller: 'long', keys: KEYS };
  }
  if (accessKeyId !== SESSION.accessKeyId) return { found: 'nobody' };
  if (sessionToken === 'expired') return { found: 'expiredSession', caller: 'session' };
  return sessionToken === SESSION.sessionToken
    ? { found: 'caller', caller: 'session', keys: SESSION_KEYS }
    : { found: 'nobody' };
};

export interface Unsigned {
  readonly method?: string;
  /** As it is sent. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly host?: string;
}

export interface Signing {
  readonly form?: 'header' | 'query' | 'v4a';
  readonly credentials?: Credentials;
  readonly region?: string;
  readonly service?: string;
  readonly atMs?: number;
  readonly expiresIn?: number;
  /** False: the path is signed as it is, as for S3. */
  readonly encodePath?: boolean;
  /** In the header; null: none is sent. */
  readonly payload?: string | null;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** What a server receives of the signed request. */
export const signedRequest = async (
  unsigned: Unsigned,
  signing: Signing = {},
): Promise<ServiceRequest> => {
  const { form = 'header', credentials = CREDENTIALS, service = 'vpc-lattice-svcs' } = signing;
  const { payload = 'UNSIGNED-PAYLOAD' } = signing;
  const host = unsigned.host ?? HOST;
  const request = {
    method: unsigned.method ?? 'GET',
    protocol: 'http:',
    hostname: host,
    path: unsigned.path ?? '/',
    query: unsigned.query ?? {},
    headers: {
      host,
      ...(payload === null ? {} : { 'x-amz-content-sha256': payload }),
      ...unsigned.headers,
    },
  };
  const region = signing.region ?? (form === 'v4a' ? '*' : REGION);
  const options = { signingDate: new Date(signing.atMs ?? NOW_MS) };
  const signer = smithySigner(credentials, region, service, signing.encodePath);
  const wire =
    form === 'query'
      ? await signer.presign(request, { ...options, expiresIn: signing.expiresIn ?? 60 })
      : form === 'v4a'
        ? await smithySignerV4a(credentials, region, service).sign(request, options)
        : await signer.sign(request, options);
  return received(wire.method, wire.path, wire.query ?? {}, wire.headers);
};

type Query = Readonly<Record<string, string | readonly string[] | null | undefined>>;

const received = (
  method: string,
  path: string,
  query: Query,
  headers: Readonly<Record<string, string>>,
): ServiceRequest => {
  const rawQuery = Object.entries(query)
    .flatMap(([name, value]) => [value ?? ''].flat().map((one) => `${encode(name)}=${encode(one)}`))
    .join('&');
  return {
    method,
    target: rawQuery === '' ? path : `${path}?${rawQuery}`,
    path,
    authority: headers['host'] ?? '',
    names: Object.keys(headers).map((name) => name.toLowerCase()),
    values: Object.values(headers).map((value) => Buffer.from(value, 'utf8').toString('latin1')),
  };
};

/** The request with a header changed, appended when there was none, or (undefined) removed. */
export const withHeader = (
  request: ServiceRequest,
  name: string,
  change: ((value: string) => string) | undefined,
): ServiceRequest => {
  const at = request.names.indexOf(name);
  const names = [...request.names];
  const values = [...request.values];
  if (at < 0) {
    names.push(name);
    values.push(change?.('') ?? '');
  } else if (change === undefined) {
    names.splice(at, 1);
    values.splice(at, 1);
  } else {
    values[at] = change(values[at] as string);
  }
  const authority = name === 'host' && change ? change(request.authority) : request.authority;
  return { ...request, authority, names, values };
};

export const withAddedHeader = (
  request: ServiceRequest,
  name: string,
  value: string,
): ServiceRequest => ({
  ...request,
  names: [...request.names, name],
  values: [...request.values, value],
});

export const withTarget = (request: ServiceRequest, target: string): ServiceRequest => ({
  ...request,
  target,
  path: target.split('?', 1)[0] as string,
});
