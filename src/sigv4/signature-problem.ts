/** Why a request is not accepted as signed. Texts are AWS's where they are known and hold nothing secret. */
export interface SignatureProblem {
  readonly kind:
    | 'missing'
    | 'incomplete'
    | 'invalid'
    | 'expired'
    | 'mismatch'
    | 'unknownKey'
    /** The signature may be good; the session is over. */
    | 'expiredToken';
  readonly message: string;
}

/** Thrown inside the verifier; what calls it turns the problem into the error of its protocol. */
export class SignatureError extends Error {
  readonly code = 'SIGNATURE_REFUSED';
  readonly problem: SignatureProblem;

  constructor(kind: SignatureProblem['kind'], message: string) {
    super(message);
    this.name = 'SignatureError';
    this.problem = { kind, message };
  }
}

export const UNKNOWN_KEY_TEXT = 'The security token included in the request is invalid.';

export const MISMATCH_TEXT =
  'The request signature we calculated does not match the signature you provided. Check your AWS ' +
  'Secret Access Key and signing method. Consult the service documentation for details.';

export const TWO_MECHANISMS_TEXT =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization ' +
  'header should be specified';

/** Of requests to services; the API's text ends with a full stop. */
export const UNKNOWN_CALLER_TEXT = 'The security token included in the request is invalid';
