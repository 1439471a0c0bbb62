import type { Operator } from './operators/operator.ts';
import { findOperator, type OperatorUse } from './operators/operators.ts';
import { conditionKey } from './pattern.ts';
import type { PolicyRequest } from './request.ts';
import type { TextTest } from './text-test.ts';
import { spendWork, WORK_OF_READING } from './work-limit.ts';

/** Characters of a value up to which the cost of comparing it does not depend on it. */
const SHORT_VALUE = 256;
/** Of one of several values: of parsing it, as a date at worst, and of comparing it with a wanted one. */
const WORK_OF_A_VALUE = 512;
const WORK_OF_COMPARING = 16;

/** One key under one operator of a statement's `Condition`. */
export interface CompiledCondition {
  /** As written: `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** As looked up. */
  readonly key: string;
  readonly writtenKey: string;
  readonly wanted: readonly string[];
  /** Condition keys that the wanted values ask for. */
  readonly variableKeys: readonly string[];
  holds(request: PolicyRequest): boolean;
}

export interface ConditionOptions {
  readonly effect: 'Allow' | 'Deny';
  /** Whether the version of the policy has variables. */
  readonly variables: boolean;
}

/** @param document the `Condition` element of a policy that was parsed */
export const compileConditions = (
  document: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  options: ConditionOptions,
): readonly CompiledCondition[] =>
  Object.entries(document).flatMap(([name, keys]) => {
    const use = findOperator(name);
    if (use === undefined) throw new Error(`no condition operator \`${name}\``);
    return Object.entries(keys).map(([key, values]) => {
      const wanted = [values].flat().map(String);
      const { test, keys: variableKeys } = use.operator.compile(wanted, options);
      const lookedUp = conditionKey(key);
      const holds = toHolds(use, lookedUp, { test, count: wanted.length }, options.effect);
      return { operator: name, key: lookedUp, writtenKey: key, wanted, variableKeys, holds };
    });
  });

/**
 * How a test of single values becomes a condition on a key ("Single-valued vs. multivalued context
 * keys" and "Condition operators" in AWS's IAM user guide).
 *
 * - A key that is missing fails, but holds under a negated operator, `IfExists` and `ForAllValues`.
 * - A key with several values under an operator without `ForAnyValue` or `ForAllValues`: in an Allow
 *   the condition has to hold for all of them, in a Deny for one, so that a second value never lets
 *   a request in. AWS leaves that open.
 */
const toHolds = (
  { operator, quantifier, ifExists }: OperatorUse,
  key: string,
  { test, count }: { readonly test: TextTest; readonly count: number },
  effect: 'Allow' | 'Deny',
): CompiledCondition['holds'] => {
  if (operator.family === 'presence') {
    return (request) => test(String(isMissing(request.value(key))), request) === true;
  }
  const holdsFor = toHoldsFor(operator, test, effect);
  const needsAll = quantifier === undefined ? effect === 'Allow' : quantifier === 'ForAllValues';
  const ofNothing = quantifier === 'ForAllValues';
  const ofMissing = ifExists || (quantifier === undefined ? operator.isNegated : ofNothing);
  return (request) => {
    const actual = request.value(key);
    if (isMissing(actual)) return ofMissing;
    if (quantifier !== undefined && isNothing(actual)) return ofNothing;
    if (typeof actual === 'string') {
      if (actual.length > SHORT_VALUE) spendWork(WORK_OF_READING * actual.length);
      return holdsFor(actual, request);
    }
    for (const one of actual) {
      spendWork(WORK_OF_A_VALUE + WORK_OF_COMPARING * count + WORK_OF_READING * one.length);
      if (holdsFor(one, request) !== needsAll) return !needsAll;
    }
    return needsAll;
  };
};

/**
 * What cannot be told (a variable without a value, a wanted date that is none) equals nothing. Under
 * a negated operator that would allow, so there it holds for a Deny only: our choice, AWS says no
 * more than that the statement can become invalid.
 */
const toHoldsFor = (
  { isNegated }: Operator,
  test: TextTest,
  effect: 'Allow' | 'Deny',
): ((actual: string, request: PolicyRequest) => boolean) => {
  if (!isNegated) return (actual, request) => test(actual, request) === true;
  const ofUnknown = effect === 'Deny';
  return (actual, request) => {
    const truth = test(actual, request);
    return truth === undefined ? ofUnknown : !truth;
  };
};

const isMissing = (
  value: string | readonly string[] | undefined,
): value is undefined | readonly [] => value === undefined || (value.length === 0 && value !== '');

/** What AWS calls a null data set: only empty texts. */
const isNothing = (value: string | readonly string[]): boolean =>
  typeof value === 'string' ? value === '' : value.every((one) => one === '');
