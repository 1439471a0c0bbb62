import { ownText } from './own-text.ts';
import {
  parseAuthorization,
  parseHex,
  type SignatureClaim,
  type SignatureHead,
} from './parse-signature.ts';
import { ALGORITHM, type Algorithm } from './string-to-sign.ts';

interface KnownHead {
  /** All in front of the signature's digits. */
  readonly text: string;
  readonly head: SignatureHead;
}

const SLOTS = 256;
/** Signers write about 150 characters. */
const LONGEST = 512;
const BEFORE_SIGNATURE = 'Signature=';
const SIGNATURE_DIGITS = 64;
/** Where the last characters of a key's id are. */
const ID_END = `${ALGORITHM} Credential=AKIAIOSFODNN7EXAMPLE`.length;

/**
 * Parses Authorization headers, and remembers what stands in front of the signature: a caller writes
 * the same there all day, and comparing takes a fourth of the time of parsing.
 *
 * Each caller has one slot, which it may share with others: then they push each other out, and what
 * that costs is that they are parsed. Nothing here is proven, so strangers can do no more than that.
 */
export class KnownHeads {
  readonly #slots: (KnownHead | undefined)[] = Array(SLOTS).fill(undefined);

  /** As `parseAuthorization`. @throws SignatureError */
  parse(
    authorization: string,
    algorithms: readonly Algorithm[],
    hasDate: boolean,
  ): SignatureHead & Pick<SignatureClaim, 'signature'> {
    const slot = slotOf(authorization);
    const known = this.#slots[slot];
    if (
      known !== undefined &&
      hasDate &&
      authorization.length === known.text.length + SIGNATURE_DIGITS &&
      // Thrice as fast as `startsWith`, which compares character by character.
      authorization.slice(0, known.text.length) === known.text
    ) {
      const { algorithm, accessKeyId, scope, signedHeaders } = known.head;
      const signature = parseHex(authorization.slice(known.text.length), algorithm);
      return { algorithm, accessKeyId, scope, signedHeaders, signature };
    }
    const parsed = parseAuthorization(authorization, algorithms, hasDate);
    const length = authorization.length - SIGNATURE_DIGITS;
    if (
      parsed.algorithm === ALGORITHM &&
      length <= LONGEST &&
      authorization.endsWith(BEFORE_SIGNATURE, length)
    ) {
      // Parsed once more, from a text of its own: what is cut out of a received one keeps all of that.
      const text = ownText(authorization);
      const head = parseAuthorization(text, algorithms, hasDate);
      this.#slots[slot] = { text: text.slice(0, length), head };
    }
    return parsed;
  }
}

/** By the end of the key's id, which is what tells callers apart. */
const slotOf = (authorization: string): number =>
  (authorization.charCodeAt(ID_END - 1) +
    31 * authorization.charCodeAt(ID_END - 2) +
    961 * authorization.charCodeAt(ID_END - 3)) %
  SLOTS;
