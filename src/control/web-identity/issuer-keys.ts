import { createPublicKey, type KeyObject } from 'node:crypto';
import { isLoopback } from '../operations/iam/oidc-providers/provider-url.ts';
import type { WebIdentitySettings } from '../settings.ts';
import { idpCommunicationError, invalidIdentityToken } from './errors.ts';
import { type FetchJson, fetchJson } from './fetch-json.ts';
import type { TokenHeader } from './json-web-token.ts';

/** Public keys of OpenID Connect issuers. */
export interface IssuerKeys {
  /**
   * The key of `issuer` that a token names.
   *
   * @throws InvalidIdentityToken when the issuer has no such key, IDPCommunicationError when it
   * cannot be asked
   */
  find(issuer: string, header: TokenHeader): Promise<KeyObject>;
}

interface Keys {
  readonly fetchedAtMs: number;
  readonly found: Promise<readonly IssuerKey[]>;
}

interface IssuerKey {
  readonly algorithm: TokenHeader['algorithm'];
  readonly keyId: string | undefined;
  readonly key: KeyObject;
}

/** Bounds on what issuers and those who call without a signature can make us do. */
const KEEP_MS = 60 * 60 * 1000;
/** How soon an issuer may be asked again, for a key that it did not have or after a failure. */
const RETRY_MS = 30 * 1000;
const MAX_ISSUERS = 100;
const MAX_KEYS = 100;

export interface IssuerKeysOptions {
  readonly settings: WebIdentitySettings;
  readonly now: () => Date;
  /** Gets a JSON document by its URL. */
  readonly fetch?: FetchJson;
}

/**
 * Keys from the settings, or else from the issuer: `/.well-known/openid-configuration` says where
 * (OpenID Connect Discovery §4). They are kept for an hour, and asked for again when a token names a
 * key that is not among them: issuers change theirs.
 */
export const createIssuerKeys = (options: IssuerKeysOptions): IssuerKeys => {
  const { settings, now, fetch = fetchJson } = options;
  const kept = new Map<string, Keys>();

  const load = (issuer: string): Promise<readonly IssuerKey[]> => {
    const given = Object.hasOwn(settings.keys, issuer) ? settings.keys[issuer] : undefined;
    if (given) return Promise.resolve(parseKeys(given));
    return fetchKeys(issuer, fetch, settings.allowHttpLoopback);
  };

  const keysOf = (issuer: string, isFresh: (ageMs: number) => boolean): Keys['found'] => {
    const known = kept.get(issuer);
    const time = now().getTime();
    if (known && isFresh(time - known.fetchedAtMs)) return known.found;
    const found = load(issuer);
    // Awaited by whoever asked; kept as it is, so that a failure is not repeated at once either.
    found.catch(() => {});
    kept.delete(issuer);
    kept.set(issuer, { fetchedAtMs: time, found });
    if (kept.size > MAX_ISSUERS) kept.delete(kept.keys().next().value as string);
    return found;
  };

  return {
    find: async (issuer, header) => {
      const first = await keysOf(issuer, (ageMs) => ageMs < KEEP_MS).catch(() => []);
      const key = pick(first, header);
      if (key) return key;
      const again = pick(await keysOf(issuer, (ageMs) => ageMs < RETRY_MS), header);
      if (again) return again;
      throw invalidIdentityToken(
        "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
      );
    },
  };
};

/** A token need not name its key when the issuer has but one. */
const pick = (keys: readonly IssuerKey[], header: TokenHeader): KeyObject | undefined => {
  const fit = keys.filter(({ algorithm }) => algorithm === header.algorithm);
  if (header.keyId === undefined) return fit.length === 1 ? fit[0]?.key : undefined;
  return fit.find(({ keyId }) => keyId === header.keyId)?.key;
};

const fetchKeys = async (
  issuer: string,
  fetch: FetchJson,
  allowHttpLoopback: boolean,
): Promise<readonly IssuerKey[]> => {
  const get = async (url: string): Promise<Record<string, unknown>> => {
    const { protocol, hostname } = new URL(url);
    const isAllowed =
      protocol === 'https:' || (protocol === 'http:' && allowHttpLoopback && isLoopback(hostname));
    if (!isAllowed) throw new Error('not HTTPS');
    return (await fetch(url)) as Record<string, unknown>;
  };
  try {
    const { issuer: said, jwks_uri } = await get(`${issuer}/.well-known/openid-configuration`);
    if (typeof said !== 'string' || said.replace(/\/+$/, '') !== issuer) {
      throw new Error('another issuer');
    }
    return parseKeys(await get(String(jwks_uri)));
  } catch {
    // Why is the issuer's affair: what its host answers is not for the caller to see.
    throw idpCommunicationError(
      `The keys of the identity provider ${issuer} could not be fetched. Try again.`,
    );
  }
};

/** Keys that can check RS256 or ES256 (RFC 7517, RFC 7518 §6); others are passed over. */
const parseKeys = (document: { readonly keys?: unknown }): readonly IssuerKey[] => {
  const keys = Array.isArray(document.keys) ? document.keys.slice(0, MAX_KEYS) : [];
  return keys.flatMap((jwk: Readonly<Record<string, unknown>>) => {
    const key = parseKey(jwk);
    return key ? [key] : [];
  });
};

const parseKey = (jwk: Readonly<Record<string, unknown>> | null): IssuerKey | undefined => {
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  const { kty, crv, use, alg, kid } = jwk;
  const algorithm = kty === 'RSA' ? 'RS256' : kty === 'EC' && crv === 'P-256' ? 'ES256' : undefined;
  if (!algorithm || (use ?? 'sig') !== 'sig' || (alg ?? algorithm) !== algorithm) return undefined;
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    // Shorter ones are broken, or soon will be.
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 2048;
    if (bits < 2048 || bits > 8192) return undefined;
    return { algorithm, keyId: typeof kid === 'string' ? kid : undefined, key };
  } catch {
    return undefined;
  }
};
