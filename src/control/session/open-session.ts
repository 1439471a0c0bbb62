import { keyIdOf, openToken } from '../../session-token/seal.ts';
import type { SessionClaims } from '../../session-token/session-claims.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { openingKey } from './session-keys.ts';

/**
 * The session of a token whose principal is still there: a role or user that was deleted takes its
 * sessions along, and one made anew under the same name is another one. Whether the session has
 * expired is for the caller to say.
 */
export const openSession = async (
  tx: ReadTransaction,
  token: string,
  accessKeyId: string,
): Promise<SessionClaims | undefined> => {
  const keyId = keyIdOf(token);
  const key = keyId && (await openingKey(tx, keyId));
  if (!key) return undefined;
  const claims = openToken(new Map([[keyId, key]]), token);
  if (claims?.accessKeyId !== accessKeyId) return undefined;
  if (claims.roleId !== undefined && !(await tx.get('iamRole', claims.roleId))) return undefined;
  if (claims.userId !== undefined && !(await tx.get('iamUser', claims.userId))) return undefined;
  return claims;
};
