import { Glob } from './glob.ts';
import type { GlobToken, PatternToken } from './pattern.ts';
import { compileGlobTest, compileTextTest, type TextMatcher, type TextTest } from './text-test.ts';
import { spendWork } from './work-limit.ts';

/** Colons between the six parts `arn:partition:service:region:account:resource`. */
const COLONS = 5;

/** Of comparing part by part, beside what the parts themselves take: measured, 70 ns for short ones. */
const WORK_OF_PARTS = 64;

/**
 * Compiles a pattern over ARNs. With all six parts, each part is compared with the same part, so that
 * a `*` in the account cannot swallow colons and be satisfied by what a caller wrote into a path. With
 * fewer (`*`, `*` followed by a path, `arn:aws:vpc-lattice:*`) a star runs over all parts.
 * ("Using wildcards in resource ARNs" and "ARN condition operators" in AWS's IAM user guide; AWS lets a
 * star at the end of a part cross colons in a `Resource`. That it may not where all parts are
 * written is our choice.)
 */
export const compileArnTest = (tokens: readonly PatternToken[]): TextTest => {
  const parts = splitAtColons(tokens);
  const isFixed = parts.slice(0, COLONS).every((part) => part.every(isText));
  return parts.length <= COLONS || isFixed
    ? compileGlobTest(tokens)
    : compileTextTest(tokens, (fill) => new PartwiseMatcher(parts.map(fill)));
};

class PartwiseMatcher implements TextMatcher {
  /** The parts in front without wildcards, with their colons. */
  readonly #prefix: string;
  readonly #parts: readonly Glob[];

  constructor(parts: readonly (readonly GlobToken[])[]) {
    const plain = parts.findIndex((part, i) => i === COLONS || !part.every(isColonless));
    this.#prefix = parts
      .slice(0, plain)
      .map((part) => `${part.join('')}:`)
      .join('');
    this.#parts = parts.slice(plain).map((part) => new Glob(part));
  }

  matches(text: string): boolean {
    if (!text.startsWith(this.#prefix)) return false;
    spendWork(WORK_OF_PARTS);
    let start = this.#prefix.length;
    const last = this.#parts.length - 1;
    for (let i = 0; i < last; i++) {
      const colon = text.indexOf(':', start);
      if (colon < 0 || !(this.#parts[i] as Glob).matches(text, start, colon)) return false;
      start = colon + 1;
    }
    return (this.#parts[last] as Glob).matches(text, start);
  }
}

/** A variable can bring a colon along, which must not end a part. */
const isColonless = (token: GlobToken): boolean =>
  typeof token === 'string' && !token.includes(':');

const isText = (token: PatternToken): boolean => typeof token === 'string';

/** The six parts of a pattern over ARNs, or fewer; the resource keeps its colons. */
export const splitAtColons = (
  tokens: readonly PatternToken[],
): readonly (readonly PatternToken[])[] => {
  const parts: PatternToken[][] = [[]];
  for (const token of tokens) {
    if (typeof token !== 'string') {
      parts.at(-1)?.push(token);
      continue;
    }
    let rest = token;
    while (parts.length <= COLONS && rest.includes(':')) {
      const colon = rest.indexOf(':');
      if (colon > 0) parts.at(-1)?.push(rest.slice(0, colon));
      parts.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== '') parts.at(-1)?.push(rest);
  }
  return parts;
};
