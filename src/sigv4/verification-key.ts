import { hash, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { ownText } from './own-text.ts';
import { deriveSigningKey } from './signing-key.ts';
import { ALGORITHM, ALGORITHM_V4A, type CredentialScope, scopeText } from './string-to-sign.ts';

/** What the signatures of one access key for one scope are compared with. */
export interface VerificationKey {
  /** `canonicalHash` is the SHA-256 of the canonical request in hexadecimal digits. */
  matches(amzDate: string, canonicalHash: string, signature: string): boolean;
}

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const DATE_LENGTH = 16;
const HEX_LENGTH = 64;

/** Of all keys, since nothing waits between writing and comparing: keys are many and should be small. */
const ours = Buffer.alloc(HEX_LENGTH);
const theirs = Buffer.alloc(HEX_LENGTH);

/**
 * SigV4. The string to sign has the same length whenever the scope is the same, so the bytes that go
 * into both hashes of HMAC (RFC 2104 §2) lie ready, and a signature costs no more than the two hashes:
 * half of what `createHmac` takes. Holds what signs for its scope.
 */
export class HmacVerificationKey implements VerificationKey {
  readonly #scope: CredentialScope;
  readonly #inner: Buffer;
  readonly #outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  readonly #dateAt: number;
  readonly #hashAt: number;

  constructor(secretAccessKey: string, scope: CredentialScope) {
    const { date, region, service } = scope;
    this.#scope = { date: ownText(date), region: ownText(region), service: ownText(service) };
    const beforeDate = `${ALGORITHM}\n`;
    const afterDate = `\n${scopeText(scope)}\n`;
    this.#dateAt = BLOCK_BYTES + beforeDate.length;
    this.#hashAt = this.#dateAt + DATE_LENGTH + afterDate.length;
    this.#inner = Buffer.alloc(this.#hashAt + HEX_LENGTH);
    this.#inner.write(beforeDate, BLOCK_BYTES, 'latin1');
    this.#inner.write(afterDate, this.#dateAt + DATE_LENGTH, 'latin1');
    const signingKey = deriveSigningKey(secretAccessKey, scope);
    for (let i = 0; i < BLOCK_BYTES; i++) {
      const byte = signingKey[i] ?? 0;
      this.#inner[i] = byte ^ 0x36;
      this.#outer[i] = byte ^ 0x5c;
    }
  }

  isFor({ date, region, service }: CredentialScope): boolean {
    const scope = this.#scope;
    return scope.date === date && scope.region === region && scope.service === service;
  }

  matches(amzDate: string, canonicalHash: string, signature: string): boolean {
    this.#inner.write(amzDate, this.#dateAt, DATE_LENGTH, 'latin1');
    this.#inner.write(canonicalHash, this.#hashAt, HEX_LENGTH, 'latin1');
    // As text in which a character is a byte: making a buffer takes longer than hashing does.
    this.#outer.write(hash('sha256', this.#inner, 'latin1'), BLOCK_BYTES, 'latin1');
    ours.write(hash('sha256', this.#outer, 'hex'), 0, 'latin1');
    // `utf8`, and all of it: a character above 255 must not be cut down to one of ours, nor leave what was there.
    const written = theirs.write(signature, 0, 'utf8');
    const isHex = written === HEX_LENGTH && signature.length === HEX_LENGTH;
    return isHex && timingSafeEqual(ours, theirs);
  }
}

/**
 * SigV4A: the signature is ECDSA's, and of the key derived from the secret the public half is enough
 * here. That is the same in every scope.
 */
export class EcdsaVerificationKey implements VerificationKey {
  readonly #publicKey: KeyObject;
  readonly #scope: string;

  constructor(publicKey: KeyObject, scope: CredentialScope) {
    this.#publicKey = publicKey;
    this.#scope = scopeText(scope);
  }

  matches(amzDate: string, canonicalHash: string, signature: string): boolean {
    const text = `${ALGORITHM_V4A}\n${amzDate}\n${this.#scope}\n${canonicalHash}`;
    const theirs = Buffer.from(signature, 'hex');
    return verify('sha256', Buffer.from(text, 'latin1'), this.#publicKey, theirs);
  }
}
