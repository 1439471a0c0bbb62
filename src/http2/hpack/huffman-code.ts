/**
 * The Huffman code of RFC 7541 Appendix B. Codes grow with their length, among those of one length with
 * the symbol, and leave no gap: so their lengths are all that there is to know.
 */

/** Bits of the code of each byte and, last, of the end of a string; one digit each, base 36. */
const LENGTHS =
  'dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca' +
  'd67777777777777777777777878djde6f56565666577666567655677777fbeds' +
  'kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn' +
  'qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq' +
  'u';

/** Bits of a symbol's code. */
export const CODE_BITS: Uint8Array = Uint8Array.from(LENGTHS, (digit) =>
  Number.parseInt(digit, 36),
);

/** Of the longest code. */
export const MAX_CODE_BITS = 30;

/** The symbol for the end of a string, which never stands in one: its beginning is the padding. */
export const END_OF_STRING = 256;

/** All symbols, ordered by their codes. */
export const SYMBOLS: Uint16Array = Uint16Array.from(CODE_BITS.keys()).sort(
  (a, b) => CODE_BITS[a]! - CODE_BITS[b]! || a - b,
);

/** A symbol's code, in the lowest bits. */
export const CODES = new Uint32Array(SYMBOLS.length);

/** For each length in bits: how many codes have it, the first of them, and its place in `SYMBOLS`. */
export const CODE_COUNT = new Uint16Array(MAX_CODE_BITS + 1);
export const FIRST_CODE = new Uint32Array(MAX_CODE_BITS + 1);
export const FIRST_PLACE = new Uint16Array(MAX_CODE_BITS + 1);

let code = 0;
let length = 0;
for (const [place, symbol] of SYMBOLS.entries()) {
  const bits = CODE_BITS[symbol]!;
  code <<= bits - length;
  length = bits;
  if (CODE_COUNT[bits]!++ === 0) {
    FIRST_CODE[bits] = code;
    FIRST_PLACE[bits] = place;
  }
  CODES[symbol] = code++;
}
