/** A request as the protocols see it: no sockets, the body read to its end. */
export interface ProtocolRequest {
  /** Upper case. */
  readonly method: string;
  /** The path as it was sent, percent-escapes untouched: an ARN in it is one segment. */
  readonly rawPath: string;
  /** What follows the question mark, as it was sent; empty when there is none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface ProtocolResponse {
  readonly statusCode: number;
  /** Names in lower case. Without content-length, which the server adds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Bounds on what a caller can make us do. Ours; AWS's own are of the same size. */
export const protocolLimits = {
  bodyBytes: 1024 * 1024,
  /** Nesting of JSON values and of dots in parameter names. */
  depth: 64,
  parameters: 10_000,
  /** Failures that one answer lists. */
  failures: 100,
  /** Characters of a refused value, or of a name in a request, that an error text repeats. */
  echoedCharacters: 100,
  /** Characters of an error text as a whole, and of the list of fields beside it. */
  errorCharacters: 16_384,
} as const;
