import { type CompiledPolicy, compilePolicy } from '../../policy/compile-policy.ts';
import {
  type ParsedPolicy,
  type PolicyDocument,
  parseIdentityPolicy,
  parseResourcePolicy,
  parseTrustPolicy,
} from '../../policy/policy-document.ts';

export interface KnownPolicy {
  readonly document: PolicyDocument;
  readonly policy: CompiledPolicy;
}

/**
 * Policies of one kind by their texts, so that repeated calls parse nothing. A text says the same for
 * ever, so nothing in here grows old; what was used longest ago goes when the texts together are too long.
 */
export class PolicyCache {
  readonly #parse: (text: string) => ParsedPolicy;
  readonly #maxCharacters: number;
  readonly #known = new Map<string, KnownPolicy>();
  #characters = 0;

  /** @param maxCharacters of all texts together; compiled policies take several times their text */
  constructor(parse: (text: string) => ParsedPolicy, maxCharacters: number) {
    this.#parse = parse;
    this.#maxCharacters = maxCharacters;
  }

  get size(): number {
    return this.#known.size;
  }

  /** @throws Error for a text that is no policy of this kind: they are parsed before they are stored, so our bug */
  get(text: string): KnownPolicy {
    const known = this.#known.get(text);
    if (known !== undefined) {
      // Put in anew, it is the one that was used last.
      this.#known.delete(text);
      this.#known.set(text, known);
      return known;
    }
    const read = this.#read(text);
    this.#known.set(text, read);
    this.#characters += text.length;
    for (const oldest of this.#known.keys()) {
      if (this.#characters <= this.#maxCharacters) break;
      this.#known.delete(oldest);
      this.#characters -= oldest.length;
    }
    return read;
  }

  #read(text: string): KnownPolicy {
    const parsed = this.#parse(text);
    if ('problem' in parsed) throw new Error(`a stored policy cannot be read: ${parsed.problem}`);
    return { document: parsed.document, policy: compilePolicy(parsed.document, 'stored policy') };
  }
}

const MAX_CHARACTERS = 2 * 1024 * 1024;

/** Those that decide about calls of the API. */
export const storedPolicies = {
  identity: new PolicyCache(parseIdentityPolicy, MAX_CHARACTERS),
  resource: new PolicyCache(parseResourcePolicy, MAX_CHARACTERS),
  trust: new PolicyCache(parseTrustPolicy, MAX_CHARACTERS),
} as const;
