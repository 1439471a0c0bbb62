import { usageError } from '../cli-error.ts';

export type Scheme = 'http' | 'https';

/** The part of curl's flags that describes a request. */
export interface CallFlags {
  readonly request?: string;
  readonly header?: readonly string[];
  /** Of `-d`, and of `--data-binary`: a text, `@FILE`, or `@-` for standard input. */
  readonly body?: readonly string[];
  readonly dataBinary?: readonly string[];
  readonly anonymous?: boolean;
  readonly http2?: boolean;
  /** Of `--http1.1`, as commander names it. */
  readonly 'http1.1'?: boolean;
}

export interface CallRequest {
  readonly scheme: Scheme;
  /** Absent: HTTP/1.1 in the clear, over TLS what the service chooses. */
  readonly httpVersion?: '1.1' | '2';
  readonly method: string;
  /** As in the Host header: without the port that the scheme implies. */
  readonly host: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: CallBody | undefined;
}

export type CallBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly isBinary: boolean }
  | { readonly kind: 'stdin'; readonly isBinary: boolean };

const SCHEMES: ReadonlyMap<string, Scheme> = new Map([
  ['http:', 'http'],
  ['https:', 'https'],
]);

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

// Tabs, printable ASCII and the rest of latin1: what a header field can carry as it is.
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const SET_BY_US = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
]);

const SET_BY_SIGNING = new Set([
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
]);

/**
 * A request from a URL and flags that mean what they mean to curl.
 *
 * @throws CliError of a command line that makes no sense
 */
export const parseCall = (url: string, flags: CallFlags): CallRequest => {
  const { scheme, host, target } = parseUrl(url);
  const httpVersion = parseVersion(flags);
  const body = parseBody(flags);
  const method = flags.request ?? (body === undefined ? 'GET' : 'POST');
  if (!TOKEN.test(method) || method === 'CONNECT') {
    throw usageError(`bad method \`${method}\`; give one such as GET, POST or DELETE`);
  }
  return {
    scheme,
    ...(httpVersion !== undefined && { httpVersion }),
    method,
    host,
    target,
    headers: withDefaults(parseHeaders(flags), body !== undefined),
    body,
  };
};

const parseVersion = ({ http2, 'http1.1': http1 }: CallFlags): '1.1' | '2' | undefined => {
  if (http2 === true && http1 === true) {
    throw usageError('--http2 and --http1.1 exclude each other; give one of them');
  }
  if (http2 === true) return '2';
  return http1 === true ? '1.1' : undefined;
};

const parseUrl = (text: string): Pick<CallRequest, 'scheme' | 'host' | 'target'> => {
  // Without a scheme, as people type it.
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(whole)) {
    throw usageError(`bad URL \`${text}\`; give one such as http://SERVICE.on.aws/path`);
  }
  const url = new URL(whole);
  const scheme = SCHEMES.get(url.protocol);
  if (scheme === undefined) {
    throw usageError(`cannot call \`${text}\`; give an http:// or https:// URL`);
  }
  if (url.username !== '' || url.password !== '') {
    throw usageError('the URL has a user name in it; leave it out, requests are signed');
  }
  return { scheme, host: url.host, target: `${url.pathname}${url.search}` };
};

/** A text that comes in several parts is joined with `&`, as curl does. */
const parseBody = ({ body = [], dataBinary = [] }: CallFlags): CallBody | undefined => {
  if (body.length > 0 && dataBinary.length > 0) {
    throw usageError('-d and --data-binary exclude each other; give one of them');
  }
  const isBinary = dataBinary.length > 0;
  const flag = isBinary ? '--data-binary' : '-d';
  const parts = isBinary ? dataBinary : body;
  const [first] = parts;
  if (first === undefined) return undefined;
  if (!parts.some((part) => part.startsWith('@'))) return { kind: 'text', text: parts.join('&') };
  if (parts.length > 1) throw usageError(`a file is the whole body; give ${flag} once with it`);
  const path = first.slice(1);
  if (path === '') {
    throw usageError(`${flag} @ names no file; give @FILE, or @- for standard input`);
  }
  return path === '-' ? { kind: 'stdin', isBinary } : { kind: 'file', path, isBinary };
};

const parseHeaders = ({
  header = [],
  anonymous,
}: CallFlags): readonly (readonly [name: string, value: string])[] =>
  header.map((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    const value = line.slice(colon + 1).trim();
    // The line may hold a secret, so no text repeats more of it than the name.
    if (!TOKEN.test(name) || !FIELD_VALUE.test(value)) {
      throw usageError("bad header; give -H 'Name: value'");
    }
    const lower = name.toLowerCase();
    if (lower === 'host') {
      throw usageError('the header `Host` comes from the URL; change the URL');
    }
    if (SET_BY_US.has(lower)) {
      throw usageError(`the header \`${name}\` is set here; leave it out`);
    }
    if (SET_BY_SIGNING.has(lower) && anonymous !== true) {
      throw usageError(
        `the header \`${name}\` is set by signing; leave it out, or add --anonymous to sign nothing`,
      );
    }
    return [name, value] as const;
  });

/** What curl sends unasked. `Name:` without a value takes such a field away. */
const withDefaults = (
  headers: readonly (readonly [name: string, value: string])[],
  hasBody: boolean,
): readonly (readonly [name: string, value: string])[] => {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const defaults: readonly (readonly [name: string, value: string])[] = [
    ['user-agent', 'pergola'],
    ['accept', '*/*'],
    ...(hasBody ? [['content-type', 'application/x-www-form-urlencoded'] as const] : []),
  ];
  return [...defaults.filter(([name]) => !given.has(name)), ...headers].filter(
    ([, value]) => value !== '',
  );
};
