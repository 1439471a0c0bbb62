import type { SignatureProblem } from './signature-problem.ts';
import type { VerificationKeys } from './verification-keys.ts';

/** Signing name of requests to services (AWS: "SigV4 authenticated requests for Amazon VPC Lattice"). */
export const SERVICE_SIGNING_NAME = 'vpc-lattice-svcs';

/** What of a request to a service a signature may cover, as it was received. */
export interface ServiceRequest {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly target: string;
  /** `target` up to the first `?`. */
  readonly path: string;
  /** Host or :authority. A signed `host` is this, whatever a Host line beside an absolute target says. */
  readonly authority: string;
  /** Names in lower case, in order of arrival; `values[i]` belongs to `names[i]`, one character a byte. */
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/**
 * What an access key id, with or without a session token, leads to. `nobody`: no such key, an inactive
 * one, or a token that is none or not that of the key.
 */
export type FoundCredentials<C> =
  | { readonly found: 'caller'; readonly caller: C; readonly keys: VerificationKeys }
  | { readonly found: 'nobody' }
  | { readonly found: 'expiredSession'; readonly caller: C };

export type FindCredentials<C> = (
  accessKeyId: string,
  sessionToken: string | undefined,
) => FoundCredentials<C>;

/** The client gets `<code>: <message>` with status 403. */
export interface ServiceSignatureProblem extends SignatureProblem {
  /** Name of the AWS exception. */
  readonly code:
    | 'IncompleteSignatureException'
    | 'InvalidSignatureException'
    | 'UnrecognizedClientException';
}

export type Verification<C> =
  | { readonly signed: false }
  | {
      readonly signed: true;
      readonly valid: true;
      readonly caller: C;
      readonly form: 'header' | 'query';
    }
  | {
      readonly signed: true;
      readonly valid: false;
      readonly problem: ServiceSignatureProblem;
      /** Whose key was named; that the caller sent the request is not proven. */
      readonly caller: C | undefined;
      /** As named by the request, when it got that far; printable, at most 128 characters. */
      readonly accessKeyId: string | undefined;
    };

/** For those who want to know why a signature is refused. Holds no secret and no signature that would be right. */
export interface Diagnosis {
  /** What Pergola computed, with the values of tokens and credentials hidden. */
  readonly canonicalRequest?: string;
  readonly stringToSign?: string;
  /** What was found out, a sentence each. */
  readonly findings: readonly string[];
}
