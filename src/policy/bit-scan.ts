import { spendWork } from './work-limit.ts';

/** Words of the state that are looked at between two looks at the limit. */
const WORK_AT_ONCE = 65_536;
const WORK_OF_A_WORD = 3;

/**
 * Searches a long run of characters in one pass over the text (shift-and, Baeza-Yates and Gonnet): a
 * bit for each character of the run says whether the run up to there ends at the current place. Each
 * step costs a word for every 32 characters that may be under way, whatever the text holds, where a
 * comparison at every place could be made to cost the product of both lengths.
 */
export class BitScan {
  readonly #length: number;
  /** For each code unit of the run, the places where it may stand. */
  readonly #places = new Map<number, Uint32Array>();
  readonly #anywhere: Uint32Array;
  readonly #state: Uint32Array;

  /** @param codes UTF-16 code units, -1 for any */
  constructor(codes: Int32Array) {
    const words = Math.ceil(codes.length / 32);
    this.#length = codes.length;
    this.#state = new Uint32Array(words);
    this.#anywhere = new Uint32Array(words);
    codes.forEach((code, i) => {
      if (code < 0) setBit(this.#anywhere, i);
    });
    codes.forEach((code, i) => {
      if (code < 0) return;
      const places = this.#places.get(code) ?? this.#anywhere.slice();
      setBit(places, i);
      this.#places.set(code, places);
    });
  }

  /** @returns the first place from `from` on where the run ends at or before `limit`, or -1. */
  find(text: string, from: number, limit: number): number {
    const state = this.#state.fill(0);
    const lastWord = state.length - 1;
    const done = 1 << ((this.#length - 1) & 31);
    let top = 0;
    let work = 0;
    for (let at = from; at < limit; at++) {
      const places = this.#places.get(text.charCodeAt(at)) ?? this.#anywhere;
      let carry = 1;
      let highest = 0;
      for (let word = 0; word <= top; word++) {
        const before = state[word] as number;
        const now = ((before << 1) | carry) & (places[word] as number);
        state[word] = now;
        carry = before >>> 31;
        if (now !== 0) highest = word;
      }
      work += top + 2;
      if (((state[lastWord] as number) & done) !== 0) {
        spendWork(WORK_OF_A_WORD * work);
        return at + 1 - this.#length;
      }
      if (work > WORK_AT_ONCE) {
        spendWork(WORK_OF_A_WORD * work);
        work = 0;
      }
      // The next step can reach one word further than the highest that has a bit.
      top = Math.min(highest + 1, lastWord);
    }
    spendWork(WORK_OF_A_WORD * work);
    return -1;
  }
}

const setBit = (words: Uint32Array, i: number): void => {
  words[i >> 5] = (words[i >> 5] as number) | (1 << (i & 31));
};
