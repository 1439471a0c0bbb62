import { canonicalHash } from './canonical-hash.ts';
import { printable } from './check-claim.ts';
import { Generations } from './generations.ts';
import type { SignatureHead } from './parse-signature.ts';
import { canonicalParts, canonicalText, otherPaths } from './service-canonical.ts';
import { checkServiceClaim, readServiceClaim, type ServiceClaim } from './service-claim.ts';
import type {
  FindCredentials,
  ServiceRequest,
  ServiceSignatureProblem,
  Verification,
} from './service-request.ts';
import {
  MISMATCH_TEXT,
  SignatureError,
  type SignatureProblem,
  UNKNOWN_CALLER_TEXT,
} from './signature-problem.ts';
import { ALGORITHM } from './string-to-sign.ts';
import { type VerificationKey, verificationKey } from './verification-key.ts';

const UNSIGNED = { signed: false } as const;
const MAX_KEPT = 2048;
const MAX_HEAD_LENGTH = 1024;
/** IAM's limit. */
const MAX_KEY_ID_LENGTH = 128;

/**
 * Verifies the signatures of requests to services: SigV4 and SigV4A, in the header and in the query.
 * Keeps what the next request of the same caller needs again: its key for the day, and how its
 * Authorization header reads. Strangers cannot fill that: only known keys and right signatures get in.
 */
export class ServiceRequestVerifier {
  readonly #keys = new Generations<VerificationKey>(MAX_KEPT);
  readonly #heads = new Generations<SignatureHead>(MAX_KEPT);

  /** Throws nothing but what `find` throws. */
  verify<C>(
    request: ServiceRequest,
    region: string,
    find: FindCredentials<C>,
    nowMs: number,
  ): Verification<C> {
    let accessKeyId: string | undefined;
    let caller: C | undefined;
    try {
      const claim = readServiceClaim(request, this.#heads);
      if (claim === undefined) return UNSIGNED;
      accessKeyId = claim.accessKeyId;
      // First, so that whatever is refused below can say whose key was named.
      const found = find(accessKeyId, claim.sessionToken);
      if (found.found !== 'nobody') caller = found.caller;
      checkServiceClaim(claim, region, nowMs);
      if (found.found !== 'caller') throw unknownCaller(found.found);
      if (!isSignedBy(this.#keyOf(claim, found.secretAccessKey), claim, request)) {
        throw new SignatureError('mismatch', MISMATCH_TEXT);
      }
      this.#keepHead(claim);
      return { signed: true, valid: true, caller: found.caller, form: claim.form };
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      const problem = withCode(error.problem);
      return {
        signed: true,
        valid: false,
        problem,
        caller,
        accessKeyId: accessKeyId && printable(accessKeyId, MAX_KEY_ID_LENGTH),
      };
    }
  }

  #keyOf(claim: ServiceClaim, secretAccessKey: string): VerificationKey {
    const kept = this.#keys.get(claim.credential);
    if (kept?.secretAccessKey === secretAccessKey) return kept;
    const key = verificationKey(claim, secretAccessKey);
    this.#keys.set(claim.credential, key);
    return key;
  }

  #keepHead(claim: ServiceClaim): void {
    const { headText, algorithm, credential, accessKeyId, scope, signedHeaders } = claim;
    // Reading the head of SigV4A is nothing beside its signature.
    if (headText === undefined || algorithm !== ALGORITHM) return;
    if (headText.length > MAX_HEAD_LENGTH || this.#heads.get(headText) !== undefined) return;
    this.#heads.set(headText, { algorithm, credential, accessKeyId, scope, signedHeaders });
  }
}

const isSignedBy = (
  key: VerificationKey,
  { amzDate, signature, signedHeaders }: ServiceClaim,
  request: ServiceRequest,
): boolean => {
  const parts = canonicalParts(request, signedHeaders);
  const matches = (path: string): boolean =>
    key.matches(amzDate, canonicalHash(canonicalText(parts, path)), signature);
  if (matches(request.path)) return true;
  for (const path of otherPaths(request.path)) if (matches(path)) return true;
  return false;
};

const unknownCaller = (found: 'nobody' | 'expiredSession'): SignatureError =>
  new SignatureError(found === 'nobody' ? 'unknownKey' : 'expiredToken', UNKNOWN_CALLER_TEXT);

const CODES: Readonly<Record<SignatureProblem['kind'], ServiceSignatureProblem['code']>> = {
  missing: 'IncompleteSignatureException',
  incomplete: 'IncompleteSignatureException',
  invalid: 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
  unknownKey: 'UnrecognizedClientException',
  expiredToken: 'UnrecognizedClientException',
};

const withCode = ({ kind, message }: SignatureProblem): ServiceSignatureProblem => ({
  kind,
  code: CODES[kind],
  message,
});
