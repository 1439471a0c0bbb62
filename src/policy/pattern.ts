/**
 * The texts of a policy that stand for more than themselves: `*` for any run of characters, `?` for
 * any single one, and policy variables such as `${aws:username}`.
 */

export const ANY_ONE = 1;
export const ANY_MANY = 2;

/** A variable stands for the value that a key has in the request. */
export interface Variable {
  /** As `conditionKey` writes it. */
  readonly key: string;
  /** From `${key, 'fallback'}`: what it stands for where the request has no such key. */
  readonly fallback: string | undefined;
}

export type GlobToken = string | typeof ANY_ONE | typeof ANY_MANY;
export type PatternToken = GlobToken | Variable;

export interface PatternSyntax {
  /** Policies of version 2012-10-17 have variables; in older ones `${` is text. */
  readonly variables: boolean;
  readonly wildcards: boolean;
}

/** A condition key as it is looked up: in small letters, but for what follows a `/` (a tag, a header). */
export const conditionKey = (name: string): string => {
  const slash = name.indexOf('/');
  return slash < 0 ? name.toLowerCase() : name.slice(0, slash).toLowerCase() + name.slice(slash);
};

/**
 * Takes a text of a policy apart. `${*}`, `${?}` and `${$}` stand for the character alone.
 *
 * @returns undefined when a variable is not well formed.
 */
export const parsePattern = (
  text: string,
  { variables, wildcards }: PatternSyntax,
): readonly PatternToken[] | undefined => {
  const tokens: PatternToken[] = [];
  let literal = '';
  const push = (token: Exclude<PatternToken, string>): void => {
    if (literal !== '') tokens.push(literal);
    literal = '';
    // A run of stars matches what one star matches.
    if (token !== ANY_MANY || tokens.at(-1) !== ANY_MANY) tokens.push(token);
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (variables && character === '$' && text[at + 1] === '{') {
      const end = endOfVariable(text, at + 2);
      const variable = end < 0 ? undefined : parseVariable(text.slice(at + 2, end));
      if (variable === undefined) return undefined;
      if (typeof variable === 'string') literal += variable;
      else push(variable);
      at = end;
    } else if (wildcards && character === '*') push(ANY_MANY);
    else if (wildcards && character === '?') push(ANY_ONE);
    else literal += character;
  }
  if (literal !== '') tokens.push(literal);
  return tokens;
};

/** The closing brace; one inside the quotes of a fallback does not close. */
const endOfVariable = (text: string, start: number): number => {
  const brace = text.indexOf('}', start);
  const quote = text.indexOf("'", start);
  if (brace < 0 || quote < 0 || quote > brace) return brace;
  const closing = text.indexOf("'", quote + 1);
  return closing < 0 ? -1 : text.indexOf('}', closing);
};

const parseVariable = (inside: string): string | Variable | undefined => {
  if (inside === '*' || inside === '?' || inside === '$') return inside;
  const comma = inside.indexOf(',');
  const name = (comma < 0 ? inside : inside.slice(0, comma)).trim();
  if (name === '' || /[${}*?'"]/.test(name)) return undefined;
  if (comma < 0) return { key: conditionKey(name), fallback: undefined };
  const quoted = inside.slice(comma + 1).trim();
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
  const fallback = quoted.slice(1, -1);
  return isQuoted && !fallback.includes("'") ? { key: conditionKey(name), fallback } : undefined;
};

export const isVariable = (token: PatternToken): token is Variable => typeof token === 'object';

/** Keys that the variables of a pattern ask for. */
export const variableKeys = (tokens: readonly PatternToken[]): readonly string[] =>
  tokens.filter(isVariable).map(({ key }) => key);
