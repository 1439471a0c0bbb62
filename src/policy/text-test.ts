import { Glob } from './glob.ts';
import { type GlobToken, isVariable, type PatternToken, type Variable } from './pattern.ts';
import type { ConditionValues } from './request.ts';
import { spendWork, WORK_OF_READING } from './work-limit.ts';

/**
 * Longest text that a variable stands for. Requests have far longer ones, with which a pattern would
 * have to be made anew for each; what policies compare so are names. Our choice.
 */
const LONGEST_VALUE = 2048;
/** Of making a pattern with a value, for each of its characters. */
const WORK_OF_FILLING = 32;

/**
 * Undefined: cannot be told, for a variable of the policy has no value or one that is too long, or
 * its text makes no sense.
 */
export type Truth = boolean | undefined;

/** Whether a text of the request is what the policy wants. */
export type TextTest = (actual: string, values: ConditionValues) => Truth;

export interface TextMatcher {
  matches(text: string): boolean;
}

/** Puts values in place of variables. */
export type Fill = (tokens: readonly PatternToken[]) => readonly GlobToken[];

export const compileGlobTest = (tokens: readonly PatternToken[]): TextTest =>
  compileTextTest(tokens, (fill) => new Glob(fill(tokens)));

/**
 * Makes the test for one pattern. Without variables the matcher is built once; with them it is kept
 * as long as the variables have the values that they had the last time.
 *
 * What a variable stands for is compared as it is: stars in it are stars, colons end no part of an
 * ARN.
 */
export const compileTextTest = (
  tokens: readonly PatternToken[],
  toMatcher: (fill: Fill) => TextMatcher,
): TextTest => {
  const variables = tokens.filter(isVariable);
  if (variables.length === 0) {
    const matcher = toMatcher((all) => all as readonly GlobToken[]);
    return (actual) => matcher.matches(actual);
  }
  let last: { readonly resolved: readonly string[]; readonly matcher: TextMatcher } | undefined;
  return (actual, values) => {
    const resolved = resolve(variables, values);
    if (resolved === undefined) return undefined;
    if (last === undefined || last.resolved.some((text, i) => text !== resolved[i])) {
      for (const text of resolved) spendWork(WORK_OF_FILLING * text.length);
      last = { resolved, matcher: toMatcher(fillWith(variables, resolved)) };
    }
    return last.matcher.matches(actual);
  };
};

/** A key with several values cannot stand for one, as in AWS. */
const resolve = (
  variables: readonly Variable[],
  values: ConditionValues,
): readonly string[] | undefined => {
  const resolved: string[] = [];
  for (const { key, fallback } of variables) {
    const value = values.value(key);
    const text = typeof value === 'string' ? value : fallback;
    if (text === undefined) return undefined;
    if (text.length > LONGEST_VALUE) {
      spendWork(WORK_OF_READING * text.length);
      return undefined;
    }
    resolved.push(text);
  }
  return resolved;
};

const fillWith =
  (variables: readonly Variable[], resolved: readonly string[]): Fill =>
  (tokens) =>
    tokens.map((token) =>
      isVariable(token) ? (resolved[variables.indexOf(token)] as string) : token,
    );
