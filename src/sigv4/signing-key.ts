import { createHmac } from 'node:crypto';
import { type CredentialScope, TERMINATOR } from './string-to-sign.ts';

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** Four chained HMACs from the secret to the key that signs (AWS: "Calculate the signature"). */
export const deriveSigningKey = (secretAccessKey: string, scope: CredentialScope): Buffer =>
  hmac(
    hmac(hmac(hmac(`AWS4${secretAccessKey}`, scope.date), scope.region), scope.service),
    TERMINATOR,
  );

/** Hex. */
export const signatureOf = (signingKey: Buffer, text: string): string =>
  createHmac('sha256', signingKey).update(text, 'latin1').digest('hex');
