import type { KeyObject } from 'node:crypto';
import type { SignatureHead } from './parse-signature.ts';
import { ALGORITHM_V4A } from './string-to-sign.ts';
import { deriveVerificationKey } from './v4a-key.ts';
import {
  EcdsaVerificationKey,
  HmacVerificationKey,
  type VerificationKey,
} from './verification-key.ts';

/** Scopes change with the day: around midnight, and with presigned URLs, two are in use. */
const MOST_KEPT = 2;

/**
 * What the signatures of one access key are verified with. It belongs to whoever knows the key's
 * caller, and lives as long: so nothing is looked up for it, it is there for as many callers as are
 * known, and a secret that was replaced is gone with it. Holds secrets.
 */
export class VerificationKeys {
  readonly #accessKeyId: string;
  readonly #secretAccessKey: string;
  /** Newest first. */
  #kept: readonly HmacVerificationKey[] = [];
  #publicKey: KeyObject | undefined;

  constructor(accessKeyId: string, secretAccessKey: string) {
    this.#accessKeyId = accessKeyId;
    this.#secretAccessKey = secretAccessKey;
  }

  /** The one that was kept, or one made for this time. */
  of({ algorithm, scope }: Pick<SignatureHead, 'algorithm' | 'scope'>): VerificationKey {
    if (algorithm === ALGORITHM_V4A) {
      this.#publicKey ??= deriveVerificationKey(this.#accessKeyId, this.#secretAccessKey);
      return new EcdsaVerificationKey(this.#publicKey, scope);
    }
    for (const key of this.#kept) if (key.isFor(scope)) return key;
    return new HmacVerificationKey(this.#secretAccessKey, scope);
  }

  /** For the next request. To be called after a right signature alone, so that strangers cannot push keys out. */
  keep(key: VerificationKey): void {
    if (!(key instanceof HmacVerificationKey) || this.#kept.includes(key)) return;
    this.#kept = [key, ...this.#kept.slice(0, MOST_KEPT - 1)];
  }
}
