/**
 * Whether fields of a name go into the table: `usual` ones do; of `varying` ones only the first does, so
 * that its name need not be sent again; `secret` ones do not, since requests of several clients share a
 * connection to a target, and what is in a table can be guessed by its effect (RFC 7541 §7.1).
 */
export type Indexing = 'usual' | 'varying' | 'secret';

const VARYING: readonly string[] = [
  ':path',
  'age',
  'content-length',
  'content-md5',
  'content-range',
  'date',
  'etag',
  'expires',
  'grpc-timeout',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'location',
  'range',
  'traceparent',
  'tracestate',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-request-id',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-correlation-id',
  'x-forwarded-for',
  'x-request-id',
];

const SECRET: readonly string[] = [
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
  'x-amz-security-token',
  'x-api-key',
];

const INDEXING: ReadonlyMap<string, Indexing> = new Map([
  ...VARYING.map((name) => [name, 'varying'] as const),
  ...SECRET.map((name) => [name, 'secret'] as const),
]);

/** @param name in lower case */
export const indexingOf = (name: string): Indexing => INDEXING.get(name) ?? 'usual';
