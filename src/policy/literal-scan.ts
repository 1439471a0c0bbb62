import { spendWork } from './work-limit.ts';

/** Of one character of the text: it may be compared twice, and the text may be in two pieces still. */
const WORK_OF_A_STEP = 10;

/**
 * Searches a long text within another in one pass (Knuth, Morris and Pratt). `indexOf` is faster for
 * most texts, but there are some for which it takes the product of both lengths.
 */
export class LiteralScan {
  readonly #wanted: string;
  /** For each length of a match: how much of it is a match still when the next character is another. */
  readonly #shorter: Int32Array;

  constructor(wanted: string) {
    this.#wanted = wanted;
    this.#shorter = new Int32Array(wanted.length + 1);
    let matched = 0;
    for (let at = 1; at < wanted.length; at++) {
      const code = wanted.charCodeAt(at);
      while (matched > 0 && wanted.charCodeAt(matched) !== code) {
        matched = this.#shorter[matched] as number;
      }
      if (wanted.charCodeAt(matched) === code) matched += 1;
      this.#shorter[at + 1] = matched;
    }
  }

  /** @returns the first place from `from` on where the text ends at or before `limit`, or -1. */
  find(text: string, from: number, limit: number): number {
    const wanted = this.#wanted;
    const shorter = this.#shorter;
    const { length } = wanted;
    let matched = 0;
    let at = from;
    let found = -1;
    while (at < limit && found < 0) {
      const code = text.charCodeAt(at++);
      while (matched > 0 && wanted.charCodeAt(matched) !== code) {
        matched = shorter[matched] as number;
      }
      if (wanted.charCodeAt(matched) === code) matched += 1;
      if (matched === length) found = at - length;
    }
    spendWork(WORK_OF_A_STEP * (at - from));
    return found;
  }
}
