import { type PatternToken, parsePattern, variableKeys } from '../pattern.ts';
import { compileTextTest, type TextTest, type Truth } from '../text-test.ts';

/** A condition operator, such as `StringEquals`, without `IfExists` and `ForAnyValue:`. */
export interface Operator {
  readonly name: string;
  /** What values are: says which keys the operator suits. */
  readonly family: OperatorFamily;
  /** True for the `Not` operators: the condition holds where `compile`'s test fails. */
  readonly isNegated: boolean;
  /** Whether the wanted values can hold policy variables and, with `compile`, stars. */
  readonly takesVariables: boolean;
  /** Makes the test whether a value of the request is one of those that the policy wants. */
  compile(wanted: readonly string[], version: { readonly variables: boolean }): WantedValues;
}

export type OperatorFamily =
  | 'string'
  | 'numeric'
  | 'date'
  | 'bool'
  | 'binary'
  | 'ip'
  | 'arn'
  | 'presence';

export interface WantedValues {
  readonly test: TextTest;
  /** Condition keys that variables among the wanted values ask for. */
  readonly keys: readonly string[];
  /** Wanted values of the wrong form, which nothing equals: `tomorrow` for a date. */
  readonly senseless: readonly string[];
}

/**
 * Values that are parsed: numbers, dates, addresses. A value of the request of the wrong form equals
 * nothing; against a wanted one of the wrong form it cannot be told.
 */
export const parsedValues =
  <Wanted, Actual = Wanted>(
    parseWanted: (text: string) => Wanted | undefined,
    parseActual: (text: string) => Actual | undefined,
    compare: (actual: Actual, wanted: Wanted) => boolean,
  ): Operator['compile'] =>
  (texts) => {
    const parsed = texts.map(parseWanted);
    const wanted = parsed.filter((value) => value !== undefined);
    const senseless = texts.filter((_, i) => parsed[i] === undefined);
    const otherwise: Truth = senseless.length > 0 ? undefined : false;
    const test: TextTest = (text) => {
      const actual = parseActual(text);
      if (actual === undefined) return otherwise;
      for (const value of wanted) if (compare(actual, value)) return true;
      return otherwise;
    };
    return { test, keys: [], senseless };
  };

/** Values that are patterns: `toTest` makes the test for one with the syntax of the operator. */
export const patternValues =
  (
    wildcards: boolean,
    toTest: (tokens: readonly PatternToken[]) => TextTest,
    /** Applied to the values of both sides. */
    normalise: (text: string) => string = (text) => text,
  ): Operator['compile'] =>
  (texts, { variables }) => {
    const patterns = texts.map((text) => parsePattern(text, { variables, wildcards }) ?? [text]);
    const fixed = new Set<string>();
    const tests: TextTest[] = [];
    for (const tokens of patterns) {
      if (tokens.every((token) => typeof token === 'string')) fixed.add(normalise(tokens.join('')));
      else tests.push(toTest(tokens));
    }
    const test: TextTest = (text, values) => {
      const actual = normalise(text);
      if (fixed.has(actual)) return true;
      let truth: Truth = false;
      for (const one of tests) {
        const found = one(actual, values);
        if (found === true) return true;
        if (found === undefined) truth = undefined;
      }
      return truth;
    };
    return { test, keys: patterns.flatMap(variableKeys), senseless: [] };
  };

/** Whole texts, in which only variables stand for something else. */
export const exactTest =
  (normalise: (text: string) => string) =>
  (tokens: readonly PatternToken[]): TextTest =>
    compileTextTest(tokens, (fill) => {
      const wanted = normalise(fill(tokens).join(''));
      return { matches: (actual) => actual === wanted };
    });
