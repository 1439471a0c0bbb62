import { keyIdOf, openToken } from '../../session-token/seal.ts';
import type { SessionClaims } from '../../session-token/session-claims.ts';
import type { SessionPolicies } from './caller-layers.ts';

/** A token that one of our keys opened, and what is made of its claims alone. */
export interface OpenedSession {
  readonly claims: SessionClaims;
  readonly expiresAtMs: number;
  /** Undefined for a session that its policies do not limit further. */
  readonly policies: SessionPolicies | undefined;
  /** Id of the key that sealed the token, and the key. */
  readonly keyId: string;
  readonly key: Buffer;
}

/** Undefined for every text that was not sealed with one of `keys`. */
export const openSession = (
  keys: ReadonlyMap<string, Buffer>,
  token: string,
): OpenedSession | undefined => {
  const claims = openToken(keys, token);
  if (claims === undefined) return undefined;
  const keyId = keyIdOf(token) as string;
  return {
    claims,
    expiresAtMs: claims.expiresAt * 1000,
    policies: policiesOf(claims),
    keyId,
    key: keys.get(keyId) as Buffer,
  };
};

const policiesOf = ({
  sessionPolicy,
  sessionPolicyArns,
}: SessionClaims): SessionPolicies | undefined =>
  sessionPolicy === undefined && sessionPolicyArns === undefined
    ? undefined
    : {
        inline: sessionPolicy === undefined ? undefined : { document: sessionPolicy },
        attached: sessionPolicyArns ?? [],
      };
