import { deriveSigningKey } from './signing-key.ts';
import type { CredentialScope } from './string-to-sign.ts';

interface Entry {
  readonly secretAccessKey: string;
  readonly signingKey: Buffer;
}

/**
 * Keeps derived keys, so that a request costs one HMAC and not five. Only keys of known access key
 * ids get in; the one used longest ago goes first.
 */
export class SigningKeyCache {
  readonly #entries = new Map<string, Entry>();
  readonly #maxEntries: number;

  constructor(maxEntries = 1000) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(accessKeyId: string, secretAccessKey: string, scope: CredentialScope): Buffer {
    const key = `${accessKeyId}/${scope.date}/${scope.region}/${scope.service}`;
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    const entry =
      known?.secretAccessKey === secretAccessKey
        ? known
        : { secretAccessKey, signingKey: deriveSigningKey(secretAccessKey, scope) };
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#maxEntries) {
      this.#entries.delete(this.#entries.keys().next().value as string);
    }
    return entry.signingKey;
  }
}
