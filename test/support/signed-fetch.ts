import { type Credentials, smithySigner } from './smithy-signer.ts';

export interface SignedCall {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly credentials: Credentials;
  /** Signing name. */
  readonly service: string;
  readonly method?: string;
  /** Percent-encoded. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly region?: string;
  readonly signedAt?: Date;
  /** In the query in place of the headers. */
  readonly presigned?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A call signed by AWS's signer, with nothing of an SDK around it. */
export const signedFetch = async (call: SignedCall): Promise<Answer> => {
  const { host, hostname } = new URL(call.url);
  const unsigned = {
    method: call.method ?? 'GET',
    protocol: 'http:',
    hostname,
    path: call.path ?? '/',
    query: { ...call.query },
    headers: { host, ...call.headers },
    body: call.body,
  };
  const signer = smithySigner(call.credentials, call.region ?? 'us-west-2', call.service);
  const options = { signingDate: call.signedAt ?? new Date() };
  const wire = call.presigned
    ? await signer.presign(unsigned, { ...options, expiresIn: 60 })
    : await signer.sign(unsigned, options);
  const query = new URLSearchParams(wire.query as Record<string, string>).toString();
  const { host: _, ...headers } = wire.headers;
  const response = await fetch(`${call.url}${wire.path}${query && `?${query}`}`, {
    method: wire.method,
    headers,
    ...(call.body === undefined ? {} : { body: call.body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
