import { SignatureV4 } from '@smithy/signature-v4';
import { CliError } from './cli-error.ts';
import type { Credentials } from './credentials.ts';
import { printable } from './printable.ts';
import { Sha256 } from './sha256.ts';
import { xmlText } from './xml-text.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Query = Readonly<Record<string, string | number | undefined>>;

/** Services of the JSON 1.1 protocol, each with what its operations' names begin with. */
const JSON_TARGETS = { acm: 'CertificateManager' } as const;

/** Services of the Query protocol, each with the version of its API that every call names. */
const QUERY_VERSIONS = { ec2: '2016-11-15', iam: '2010-05-08', sts: '2011-06-15' } as const;

/**
 * An answer of the API that is an error; `code` is the AWS error name, `status` the HTTP status. Its
 * text may repeat what others chose, so it is made printable.
 */
export class ApiError extends CliError {
  readonly status: number;

  constructor(message: string, code: string, status: number) {
    super(printable(message), { code: printable(code) });
    this.name = 'ApiError';
    this.status = status;
  }
}

export interface ApiClientOptions {
  /** Base URL of the API, such as `http://127.0.0.1:7171`. */
  readonly api: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** How long one call may take, in milliseconds; 30,000 by default. */
  readonly timeoutMs?: number;
}

const parseError = (status: number, headers: Headers, text: string): ApiError => {
  let code = headers.get('x-amzn-errortype')?.split(':')[0] ?? xmlText(text, 'Code');
  let message = xmlText(text, 'Message');
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    message ??= String(body['message'] ?? body['Message'] ?? '') || undefined;
    code ??= typeof body['__type'] === 'string' ? body['__type'].split('#').at(-1) : undefined;
  } catch {
    // Not JSON: what was found above has to do.
  }
  return new ApiError(
    message ?? `the API answered ${status} without a text`,
    code ?? 'Unknown',
    status,
  );
};

const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError || (error as { name?: string }).name === 'TimeoutError';

/**
 * Calls the API of a running Pergola with signed requests (AWS Signature Version 4): REST-JSON for
 * `vpc-lattice` and `pergola`, JSON 1.1 for `acm`, the Query protocol for `ec2`, `iam` and `sts`. Throws an
 * ApiError for an error answer and a CliError when nobody answers.
 */
export class ApiClient {
  readonly #options: ApiClientOptions;
  readonly #base: URL;
  readonly #signers = new Map<string, SignatureV4>();

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.#base = new URL(options.api);
  }

  /** One REST-JSON call. `path` is already percent-encoded; undefined query members are left out. */
  async call<Output = unknown>(
    service: 'vpc-lattice' | 'pergola',
    method: Method,
    path: string,
    input: { readonly query?: Query; readonly body?: unknown } = {},
  ): Promise<Output> {
    const body = input.body === undefined ? undefined : JSON.stringify(input.body);
    const text = await this.#send(service, method, path, input.query ?? {}, body, {
      'content-type': 'application/json',
    });
    return (text === '' ? {} : JSON.parse(text)) as Output;
  }

  /** One call of the JSON 1.1 protocol. */
  async callJson<Output = unknown>(
    service: keyof typeof JSON_TARGETS,
    operation: string,
    input: object,
  ): Promise<Output> {
    const text = await this.#send(service, 'POST', '/', {}, JSON.stringify(input), {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${JSON_TARGETS[service]}.${operation}`,
    });
    return (text === '' ? {} : JSON.parse(text)) as Output;
  }

  /** One call of the Query protocol; answers the XML text. */
  query(
    service: keyof typeof QUERY_VERSIONS,
    action: string,
    parameters: Query = {},
  ): Promise<string> {
    const form = new URLSearchParams({ Action: action, Version: QUERY_VERSIONS[service] });
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) form.set(name, String(value));
    }
    return this.#send(service, 'POST', '/', {}, form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  }

  ec2(action: string, parameters: Query = {}): Promise<string> {
    return this.query('ec2', action, parameters);
  }

  async #send(
    service: string,
    method: Method,
    path: string,
    query: Query,
    body: string | undefined,
    bodyHeaders: Readonly<Record<string, string>>,
  ): Promise<string> {
    const kept = Object.entries(query).filter((entry) => entry[1] !== undefined);
    const values = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
    const signed = await this.#signer(service).sign({
      method,
      protocol: this.#base.protocol,
      hostname: this.#base.hostname,
      path,
      query: values,
      headers: {
        host: this.#base.host,
        ...(body === undefined ? {} : bodyHeaders),
      },
      ...(body === undefined ? {} : { body }),
    });
    // fetch sets Host itself, to the same value.
    const { host: _host, ...headers } = signed.headers;
    const search = kept.length === 0 ? '' : `?${encodeQuery(values)}`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.#base.origin}${path}${search}`, {
        method,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(this.#options.timeoutMs ?? 30_000),
        ...(body === undefined ? {} : { body }),
      });
      text = await response.text();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      throw new CliError(
        `the API at ${this.#base.origin} does not answer; see whether pergola still runs there`,
        { code: 'unreachable', cause: error },
      );
    }
    if (!response.ok) throw parseError(response.status, response.headers, text);
    return text;
  }

  #signer(service: string): SignatureV4 {
    let signer = this.#signers.get(service);
    if (signer === undefined) {
      signer = new SignatureV4({
        service,
        region: this.#options.region,
        credentials: this.#options.credentials,
        sha256: Sha256,
        applyChecksum: true,
      });
      this.#signers.set(service, signer);
    }
    return signer;
  }
}

// SigV4 wants RFC 3986 encoding; encodeURIComponent leaves five characters more as they are.
const encodeQuery = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`)
    .join('&');

const rfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
