import { canonicalHash } from './canonical-hash.ts';
import { printable } from './check-claim.ts';
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
import type { VerificationKey } from './verification-key.ts';

const UNSIGNED = { signed: false } as const;
/** IAM's limit. */
const MAX_KEY_ID_LENGTH = 128;

/**
 * Verifies the signature of a request to a service: SigV4 or SigV4A, in the header or in the query.
 * What the next request of the same caller needs again is kept in the keys that `find` answers; here
 * nothing is, so the cost does not depend on how many callers there are.
 *
 * Throws nothing but what `find` throws.
 */
export const verifyServiceRequest = <C>(
  request: ServiceRequest,
  region: string,
  find: FindCredentials<C>,
  nowMs: number,
): Verification<C> => {
  let accessKeyId: string | undefined;
  let caller: C | undefined;
  try {
    const claim = readServiceClaim(request);
    if (claim === undefined) return UNSIGNED;
    accessKeyId = claim.accessKeyId;
    // First, so that whatever is refused below can say whose key was named.
    const found = find(accessKeyId, claim.sessionToken);
    if (found.found !== 'nobody') caller = found.caller;
    checkServiceClaim(claim, region, nowMs);
    if (found.found !== 'caller') throw unknownCaller(found.found);
    const key = found.keys.of(claim);
    if (!isSignedBy(key, claim, request)) throw new SignatureError('mismatch', MISMATCH_TEXT);
    found.keys.keep(key);
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
};

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
