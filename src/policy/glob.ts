import { BitScan } from './bit-scan.ts';
import { LiteralScan } from './literal-scan.ts';
import { ANY_MANY, type GlobToken } from './pattern.ts';
import { spendWork } from './work-limit.ts';

/** Longest run that is compared character by character at each place: a bound that keeps this linear. */
const SHORT = 16;
/** Of one character that `indexOf` goes over, for a text that is as hard for it as can be. */
const WORK_OF_INDEX = 4;

/**
 * A text with `*` and `?`, matched without going back over the text: each run between two stars is
 * searched once, from where the run before it ended.
 *
 * Characters are UTF-16 code units, so `?` matches half of a character beyond the basic plane.
 */
export class Glob {
  readonly #first: Run;
  readonly #middle: readonly Run[];
  /** Absent when there is no star. */
  readonly #last: Run | undefined;
  readonly #leastLength: number;

  constructor(tokens: readonly GlobToken[]) {
    const runs = splitAtStars(tokens).map((run) => new Run(run));
    this.#first = runs[0] as Run;
    this.#last = runs.length > 1 ? runs.at(-1) : undefined;
    this.#middle = runs.slice(1, -1);
    this.#leastLength = runs.reduce((sum, run) => sum + run.length, 0);
  }

  /** Whether the pattern matches all of `text` between `start` and `end`. */
  matches(text: string, start = 0, end = text.length): boolean {
    if (end - start < this.#leastLength || !this.#first.isAt(text, start)) return false;
    if (this.#last === undefined) return end - start === this.#first.length;
    const limit = end - this.#last.length;
    if (!this.#last.isAt(text, limit)) return false;
    let at = start + this.#first.length;
    for (const run of this.#middle) {
      const found = run.find(text, at, limit);
      if (found < 0) return false;
      at = found + run.length;
    }
    return true;
  }
}

/** Characters in a row, some of which may be any. */
class Run {
  readonly length: number;
  /** When no character is any. */
  readonly #text: string | undefined;
  readonly #lastCode: number;
  readonly #tokens: readonly GlobToken[];
  /** Made when first needed: most runs are at an end of the pattern and are never searched. */
  #codes: Int32Array | undefined;
  #scan: LiteralScan | BitScan | undefined;

  constructor(tokens: readonly GlobToken[]) {
    const isPlain = tokens.every((token) => typeof token === 'string');
    this.#tokens = tokens;
    this.#text = isPlain ? tokens.join('') : undefined;
    this.#lastCode = this.#text?.charCodeAt(this.#text.length - 1) ?? -1;
    this.length = tokens.reduce<number>(
      (sum, token) => sum + (typeof token === 'string' ? token.length : 1),
      0,
    );
  }

  isAt(text: string, at: number): boolean {
    if (this.length === 0) return true;
    if (this.#text !== undefined) {
      // Names of one kind begin alike and differ at the end, so that mostly one look is enough.
      const end = at + this.length;
      if (text.charCodeAt(end - 1) !== this.#lastCode) return false;
      // Faster than `startsWith`, which compares character by character.
      return text.slice(at, end) === this.#text;
    }
    this.#codes ??= toCodes(this.#tokens);
    for (let i = 0; i < this.length; i++) {
      const code = this.#codes[i] as number;
      if (code >= 0 && code !== text.charCodeAt(at + i)) return false;
    }
    return true;
  }

  /** @returns the first place from `from` on where the run ends at or before `limit`, or -1. */
  find(text: string, from: number, limit: number): number {
    if (this.length > SHORT) {
      this.#scan ??=
        this.#text === undefined ? new BitScan(toCodes(this.#tokens)) : new LiteralScan(this.#text);
      return this.#scan.find(text, from, limit);
    }
    if (this.#text !== undefined) {
      const found = text.indexOf(this.#text, from);
      spendWork(WORK_OF_INDEX * ((found < 0 ? text.length : found) - from));
      return found + this.length <= limit ? found : -1;
    }
    let at = from;
    while (at + this.length <= limit && !this.isAt(text, at)) at++;
    spendWork(2 * (this.length + 2) * (at - from + 1));
    return at + this.length <= limit ? at : -1;
  }
}

/** Code units, -1 for any. */
const toCodes = (tokens: readonly GlobToken[]): Int32Array =>
  Int32Array.from(
    tokens.flatMap((token) =>
      typeof token === 'string'
        ? Array.from({ length: token.length }, (_, i) => token.charCodeAt(i))
        : [-1],
    ),
  );

const splitAtStars = (tokens: readonly GlobToken[]): readonly (readonly GlobToken[])[] => {
  const runs: GlobToken[][] = [[]];
  for (const token of tokens) {
    if (token === ANY_MANY) runs.push([]);
    else runs.at(-1)?.push(token);
  }
  return runs;
};
