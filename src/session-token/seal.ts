import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SessionClaims } from './session-claims.ts';

/** Keys by id. Whoever holds them can open, and make, session tokens. */
export type KeyRing = ReadonlyMap<string, Uint8Array>;

/**
 * A token as it is sent, in base64: version (1 byte), key id (8), nonce (12), tag (16), then the
 * claims as deflated JSON under AES-256-GCM. Version, key id and nonce are authenticated as well.
 */
const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + KEY_ID_BYTES;
const TAG_AT = NONCE_AT + NONCE_BYTES;
const SEALED_AT = TAG_AT + TAG_BYTES;

/** Far more than we ever make (claims are bounded where they are put together). */
const MAX_TOKEN_CHARACTERS = 16_384;
const MAX_CLAIMS_BYTES = 64 * 1024;

/** 16 hex digits. */
export const newKeyId = (): string => randomBytes(KEY_ID_BYTES).toString('hex');

export const newKey = (): Uint8Array => randomBytes(32);

/** Opaque to clients, and different each time. `keyId` is one of `newKeyId`. */
export const sealToken = (keyId: string, key: Uint8Array, claims: SessionClaims): string => {
  const head = Buffer.concat([
    Buffer.of(VERSION),
    Buffer.from(keyId, 'hex'),
    randomBytes(NONCE_BYTES),
  ]);
  const cipher = createCipheriv('aes-256-gcm', key, head.subarray(NONCE_AT));
  cipher.setAAD(head);
  const sealed = Buffer.concat([
    cipher.update(deflateRawSync(JSON.stringify(claims))),
    cipher.final(),
  ]);
  const token = Buffer.concat([head, cipher.getAuthTag(), sealed]).toString('base64');
  if (token.length > MAX_TOKEN_CHARACTERS) throw new Error('the claims of a session are too long');
  return token;
};

/** Which key opens the token; undefined when it cannot be one of ours. Proves nothing. */
export const keyIdOf = (token: string): string | undefined => {
  const bytes = decode(token);
  return bytes?.toString('hex', 1, NONCE_AT);
};

/**
 * The claims of a token that was sealed with a key of the ring; undefined for every other text.
 * Whether it has expired, and whether it goes with the access key, is the caller's to check.
 */
export const openToken = (keys: KeyRing, token: string): SessionClaims | undefined => {
  const bytes = decode(token);
  const key = bytes && keys.get(bytes.toString('hex', 1, NONCE_AT));
  if (!key) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(NONCE_AT, TAG_AT), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bytes.subarray(0, TAG_AT));
  decipher.setAuthTag(bytes.subarray(TAG_AT, SEALED_AT));
  let packed: Buffer;
  try {
    packed = Buffer.concat([decipher.update(bytes.subarray(SEALED_AT)), decipher.final()]);
  } catch {
    // Changed on the way, or never ours.
    return undefined;
  }
  return JSON.parse(inflateRawSync(packed, { maxOutputLength: MAX_CLAIMS_BYTES }).toString());
};

const decode = (token: string): Buffer | undefined => {
  if (token.length > MAX_TOKEN_CHARACTERS || !/^[A-Za-z0-9+/]+={0,2}$/.test(token)) {
    return undefined;
  }
  const bytes = Buffer.from(token, 'base64');
  // One spelling a token: base64 that ends in stray bits would be a second one.
  if (bytes.length <= SEALED_AT || bytes[0] !== VERSION || bytes.toString('base64') !== token) {
    return undefined;
  }
  return bytes;
};
