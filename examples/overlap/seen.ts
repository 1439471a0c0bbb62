/** What a target answers: who it is, and what it saw of the request. */
export interface Seen {
  readonly name: string;
  /** Where the connection arrived. */
  readonly address: string;
  readonly port: number;
  /** Where it came from. */
  readonly peer: string;
  /** The header `x-forwarded-for`. */
  readonly forwardedFor: string;
}

/** What came of a request, as client.ts writes it: a line of JSON. */
export interface Outcome {
  /** When it began, in ms since 1970, with fractions. */
  readonly at: number;
  readonly seen?: Seen;
  /** Why nothing came. */
  readonly failure?: string;
}

/** What came of a question for a name, as client.ts writes it. */
export interface Resolved {
  readonly name: string;
  readonly a: readonly string[];
  readonly aaaa: readonly string[];
}
