/** What of an HTTP request a signature covers, exactly as it was received. */
export interface SignedRequest {
  readonly method: string;
  /** Undecoded, up to the first `?`. */
  readonly rawPath: string;
  /** Undecoded, without the `?`; empty when there is none. */
  readonly rawQuery: string;
  /** Names in lower case; values of a repeated header are joined by `,` in order of arrival. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** How a service canonicalises paths. */
export interface PathForm {
  /** Percent-encode the segments of the path as received once more; every AWS service but S3 does. */
  readonly doubleEncode: boolean;
  /** Resolve `.` and `..` and drop empty segments first. */
  readonly normalize: boolean;
}

export const AWS_PATH_FORM: PathForm = { doubleEncode: true, normalize: true };
