import { newIamId, newSecretAccessKey } from '../../lattice/iam-ids.ts';
import { sealToken } from '../../session-token/seal.ts';
import type { SessionClaims } from '../../session-token/session-claims.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { sealingKey } from './session-keys.ts';

/** In the form of STS's answers. */
export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: Date;
}

/** Makes credentials for a session. Nothing of it is kept here: all is in the token. */
export const issueSession = async (
  tx: WriteTransaction,
  claims: Omit<SessionClaims, 'accessKeyId' | 'secretAccessKey' | 'issuedAt' | 'expiresAt'>,
  durationSeconds: number,
  now: Date,
): Promise<SessionCredentials> => {
  const key = await sealingKey(tx, now);
  const issuedAt = Math.floor(now.getTime() / 1000);
  const expiresAt = issuedAt + durationSeconds;
  const accessKeyId = newIamId('temporaryKey');
  const secretAccessKey = newSecretAccessKey();
  const sealed: SessionClaims = { ...claims, accessKeyId, secretAccessKey, issuedAt, expiresAt };
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sealToken(key.id, Buffer.from(key.secret, 'base64'), sealed),
    Expiration: new Date(expiresAt * 1000),
  };
};
