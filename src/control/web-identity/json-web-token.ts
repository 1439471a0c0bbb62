import { invalidIdentityToken } from './errors.ts';

/** A token as it says of itself; nothing of it is proven yet (RFC 7519, RFC 7515 §5.2). */
export interface JsonWebToken {
  readonly header: TokenHeader;
  readonly issuer: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What the signature covers. */
  readonly signedText: string;
  readonly signature: Buffer;
}

export interface TokenHeader {
  readonly algorithm: 'RS256' | 'ES256';
  readonly keyId: string | undefined;
}

const NOT_A_TOKEN =
  'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)';

/** @throws InvalidIdentityToken for what is no signed token, or is signed in a way that is not accepted */
export const decodeJsonWebToken = (text: string): JsonWebToken => {
  const parts = text.split('.');
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) {
    throw invalidIdentityToken(NOT_A_TOKEN);
  }
  const { alg, kid, crit } = decodePart(header);
  // By name: a token must not choose how it is checked.
  if (alg !== 'RS256' && alg !== 'ES256') {
    throw invalidIdentityToken('The ID Token must be signed with RS256 or ES256.');
  }
  if (crit !== undefined || (kid !== undefined && typeof kid !== 'string')) {
    throw invalidIdentityToken(NOT_A_TOKEN);
  }
  const claims = decodePart(payload);
  if (typeof claims['iss'] !== 'string' || claims['iss'].length > 512) {
    throw invalidIdentityToken('Missing a required claim: iss');
  }
  return {
    header: { algorithm: alg, keyId: kid },
    issuer: claims['iss'],
    claims,
    signedText: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
};

const decodePart = (part: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw invalidIdentityToken(NOT_A_TOKEN);
};
