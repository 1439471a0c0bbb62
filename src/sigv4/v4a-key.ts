import { createECDH, createHmac, createPublicKey, type KeyObject } from 'node:crypto';
import { ALGORITHM_V4A } from './string-to-sign.ts';

/** Order of the group of P-256, less 2 (FIPS 186-5; the number is from SEC 2 §2.4.2). */
const LARGEST = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n - 2n;

/**
 * The private key of SigV4A: a key derivation in counter mode (NIST SP 800-108 §4.1) with the secret
 * as its key, tried anew until the number is in the group (AWS: "Signature Version 4A").
 *
 * @returns 32 bytes, or undefined when 254 counters give none, which does not happen
 */
export const derivePrivateKey = (
  accessKeyId: string,
  secretAccessKey: string,
): Buffer | undefined => {
  for (let counter = 1; counter <= 254; counter++) {
    const digest = createHmac('sha256', `AWS4A${secretAccessKey}`)
      .update(`\0\0\0\x01${ALGORITHM_V4A}\0${accessKeyId}`, 'latin1')
      .update(Buffer.of(counter, 0, 0, 1, 0))
      .digest('hex');
    const candidate = BigInt(`0x${digest}`);
    if (candidate <= LARGEST) {
      return Buffer.from((candidate + 1n).toString(16).padStart(64, '0'), 'hex');
    }
  }
  return undefined;
};

/** The public half, which is all that verifying takes. */
export const deriveVerificationKey = (accessKeyId: string, secretAccessKey: string): KeyObject => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(derivePrivateKey(accessKeyId, secretAccessKey) as Buffer);
  const point = pair.getPublicKey();
  const coordinate = (start: number): string =>
    point.subarray(start, start + 32).toString('base64url');
  return createPublicKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) },
  });
};
