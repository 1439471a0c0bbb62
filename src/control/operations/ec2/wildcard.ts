/**
 * A test for texts that match any of the filter values, in which `*` stands for any characters,
 * `?` for one, and a backslash takes the meaning from either. Case-sensitive.
 *
 * Values are taken apart once, not for each text. A match goes back only to the last star, so its
 * time is bounded by the product of the lengths: filters come from clients, a backtracking regular
 * expression would not do.
 */
export const compileWildcards = (patterns: readonly string[]): ((text: string) => boolean) => {
  const literals = new Set(patterns.filter(isLiteral));
  const others = patterns.filter((pattern) => !isLiteral(pattern)).map(tokenize);
  return (text) => literals.has(text) || others.some((tokens) => matchesTokens(tokens, text));
};

/** True when the value means only itself. */
export const isLiteral = (pattern: string): boolean => !/[*?\\]/.test(pattern);

type Token = string | symbol;

const matchesTokens = (tokens: readonly Token[], text: string): boolean => {
  let t = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const token = tokens[p];
    if (token === STAR) {
      star = p;
      resume = t;
      p += 1;
    } else if (token === ONE || token === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      resume += 1;
      t = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  while (tokens[p] === STAR) p += 1;
  return p === tokens.length;
};

const STAR = Symbol('any characters');
const ONE = Symbol('one character');

const tokenize = (pattern: string): Token[] => {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i]!;
    if (char === '\\' && i + 1 < pattern.length) {
      i += 1;
      tokens.push(pattern[i]!);
    } else if (char === '*') {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
    } else {
      tokens.push(char === '?' ? ONE : char);
    }
  }
  return tokens;
};
