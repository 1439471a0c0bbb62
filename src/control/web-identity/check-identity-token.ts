import { type KeyObject, verify } from 'node:crypto';
import { expiredIdentityToken, invalidIdentityToken } from './errors.ts';
import type { JsonWebToken } from './json-web-token.ts';

/** Whom a token vouches for. */
export interface WebIdentity {
  readonly subject: string;
  readonly audience: string;
  readonly sourceIdentity: string | undefined;
  readonly tags: {
    readonly tags: readonly { readonly Key: string; readonly Value: string }[];
    readonly transitiveTagKeys: readonly string[];
  };
}

/** How far an issuer's clock may be ahead of ours. */
const SKEW_SECONDS = 300;

/**
 * Checks signature, time, audience and subject (OpenID Connect Core §3.1.3.7).
 *
 * @param key of the issuer, fit for the token's algorithm
 * @throws InvalidIdentityToken, ExpiredTokenException
 */
export const checkIdentityToken = (
  token: JsonWebToken,
  key: KeyObject,
  clientIds: readonly string[],
  now: Date,
): WebIdentity => {
  const { claims, header } = token;
  const isGood = verify(
    'sha256',
    Buffer.from(token.signedText, 'latin1'),
    // JOSE writes the two numbers of an ECDSA signature side by side (RFC 7518 §3.4).
    header.algorithm === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key,
    token.signature,
  );
  if (!isGood) throw invalidIdentityToken('The signature of the ID Token is not valid.');
  checkTimes(claims, Math.floor(now.getTime() / 1000));
  const audience = audienceOf(claims, clientIds);
  if (audience === undefined) throw invalidIdentityToken('Incorrect token audience');
  const subject = claims['sub'];
  if (typeof subject !== 'string' || subject === '' || subject.length > 255) {
    throw invalidIdentityToken('Missing a required claim: sub');
  }
  return {
    subject,
    audience,
    sourceIdentity: sourceIdentityOf(claims['https://aws.amazon.com/source_identity']),
    tags: tagsOf(claims['https://aws.amazon.com/tags']),
  };
};

const checkTimes = (claims: JsonWebToken['claims'], now: number): void => {
  const { exp, nbf, iat } = claims;
  if (typeof exp !== 'number') throw invalidIdentityToken('Missing a required claim: exp');
  if (now >= exp) {
    throw expiredIdentityToken(
      `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`,
    );
  }
  for (const from of [nbf, iat]) {
    if (from === undefined) continue;
    if (typeof from !== 'number' || from > now + SKEW_SECONDS) {
      throw invalidIdentityToken('The ID Token is not valid yet.');
    }
  }
};

/** `azp` is who a token was made for, where there are several audiences. */
const audienceOf = (
  { aud, azp }: JsonWebToken['claims'],
  clientIds: readonly string[],
): string | undefined => {
  const candidates = typeof azp === 'string' ? [azp] : Array.isArray(aud) ? aud : [aud];
  return candidates.find(
    (one): one is string => typeof one === 'string' && clientIds.includes(one),
  );
};

const sourceIdentityOf = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^[\w+=,.@-]{2,64}$/.test(value)) return value;
  throw invalidIdentityToken('The source identity in the ID Token is not valid.');
};

const KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** `{"principal_tags":{"team":["shop"]},"transitive_tag_keys":["team"]}` ("Pass session tags" in AWS's IAM user guide) */
const tagsOf = (value: unknown): WebIdentity['tags'] => {
  if (value === undefined) return { tags: [], transitiveTagKeys: [] };
  const { principal_tags = {}, transitive_tag_keys = [] } = Object(value) as Record<
    string,
    unknown
  >;
  const tags = Object.entries(Object(principal_tags)).map(([Key, values]) => ({
    Key,
    Value: [values].flat()[0] as unknown,
  }));
  const keys = [transitive_tag_keys].flat();
  const areGood =
    typeof value === 'object' &&
    typeof principal_tags === 'object' &&
    principal_tags !== null &&
    tags.length <= 50 &&
    keys.length <= 50 &&
    tags.every(
      ({ Key, Value }) => KEY.test(Key) && typeof Value === 'string' && VALUE.test(Value),
    ) &&
    keys.every((key) => typeof key === 'string');
  if (!areGood) throw invalidIdentityToken('The session tags in the ID Token are not valid.');
  return { tags: tags as { Key: string; Value: string }[], transitiveTagKeys: keys as string[] };
};
