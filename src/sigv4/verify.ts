import { timingSafeEqual } from 'node:crypto';
import { canonicalRequest, sha256Hex } from './canonical-request.ts';
import type { SignatureClaim } from './parse-signature.ts';
import { MISMATCH_TEXT, SignatureError } from './signature-problem.ts';
import type { PathForm, SignedRequest } from './signed-request.ts';
import { signatureOf } from './signing-key.ts';
import { stringToSign } from './string-to-sign.ts';

/**
 * Compares the claimed signature with ours, in constant time. The hash of the body is always
 * computed here: `x-amz-content-sha256` is a header like any other, so a wrong hash or
 * `UNSIGNED-PAYLOAD` (which AWS takes for S3 alone) fails as a wrong signature does.
 *
 * @throws SignatureError with kind `mismatch`
 */
export const verifySignature = (
  claim: SignatureClaim,
  request: SignedRequest,
  body: Uint8Array,
  signingKey: Buffer,
  form: PathForm,
): void => {
  const canonical = canonicalRequest(request, claim.signedHeaders, sha256Hex(body), form);
  const text = stringToSign(claim.amzDate, claim.scope, canonical);
  const ours = Buffer.from(signatureOf(signingKey, text), 'latin1');
  const theirs = Buffer.from(claim.signature, 'latin1');
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) {
    throw new SignatureError('mismatch', MISMATCH_TEXT);
  }
};
