import { deriveSigningKey, signatureOf } from '../../src/sigv4/signing-key.ts';
import { ALGORITHM, scopeText } from '../../src/sigv4/string-to-sign.ts';
import type { VerificationKeys } from '../../src/sigv4/verification-keys.ts';

const scope = { date: '20260401', region: 'us-west-2', service: 'vpc-lattice-svcs' };
const amzDate = '20260401T123456Z';
const canonicalHash = 'ab'.repeat(32);

/** Whether what the secret signs is right for the keys. */
export const isSecretOf = (
  keys: VerificationKeys,
  secretAccessKey: string | undefined,
): boolean => {
  const signature = signatureOf(
    deriveSigningKey(secretAccessKey ?? '', scope),
    `${ALGORITHM}\n${amzDate}\n${scopeText(scope)}\n${canonicalHash}`,
  );
  return keys.of({ algorithm: ALGORITHM, scope }).matches(amzDate, canonicalHash, signature);
};
