/** A header field as it stands in a table; text is latin1, one character a byte. */
export interface TableField {
  readonly name: string;
  readonly value: string;
  readonly size: number;
}

/** What a field counts for beyond its bytes, in tables (RFC 7541 §4.1) and in lists (RFC 9113 §6.5.2). */
export const FIELD_OVERHEAD = 32;

export const tableField = (name: string, value: string): TableField => ({
  name,
  value,
  size: name.length + value.length + FIELD_OVERHEAD,
});

/** RFC 7541 Appendix A: names in the order of their indexes, those with values with all of them. */
const FIELDS = [
  ':authority',
  [':method', 'GET', 'POST'],
  [':path', '/', '/index.html'],
  [':scheme', 'http', 'https'],
  [':status', '200', '204', '206', '304', '400', '404', '500'],
  'accept-charset',
  ['accept-encoding', 'gzip, deflate'],
  'accept-language',
  'accept-ranges',
  'accept',
  'access-control-allow-origin',
  'age',
  'allow',
  'authorization',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'content-type',
  'cookie',
  'date',
  'etag',
  'expect',
  'expires',
  'from',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'link',
  'location',
  'max-forwards',
  'proxy-authenticate',
  'proxy-authorization',
  'range',
  'referer',
  'refresh',
  'retry-after',
  'server',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
  'user-agent',
  'vary',
  'via',
  'www-authenticate',
] as const;

export interface StaticName {
  /** Index of the first field with that name. */
  readonly index: number;
  /** With which it stands there, at that index and those that follow. */
  readonly values: readonly string[];
}

/** Index 0 is none, and not to be looked up. */
export const STATIC_TABLE: readonly TableField[] = [
  tableField('', ''),
  ...FIELDS.flatMap((field) => {
    const [name, ...values] = typeof field === 'string' ? [field, ''] : field;
    return values.map((value) => tableField(name, value));
  }),
];

export const STATIC_NAMES: ReadonlyMap<string, StaticName> = new Map(
  FIELDS.map((field) => {
    const [name, ...values] = typeof field === 'string' ? [field] : field;
    return [name, { index: STATIC_TABLE.findIndex((at) => at.name === name), values }];
  }),
);
