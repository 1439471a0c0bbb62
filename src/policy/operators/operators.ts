import { arnEquals } from './arn-equals.ts';
import { arnLike } from './arn-like.ts';
import { arnNotEquals } from './arn-not-equals.ts';
import { arnNotLike } from './arn-not-like.ts';
import { binaryEquals } from './binary-equals.ts';
import { bool } from './bool.ts';
import { dateEquals } from './date-equals.ts';
import { dateGreaterThan } from './date-greater-than.ts';
import { dateGreaterThanEquals } from './date-greater-than-equals.ts';
import { dateLessThan } from './date-less-than.ts';
import { dateLessThanEquals } from './date-less-than-equals.ts';
import { dateNotEquals } from './date-not-equals.ts';
import { ipAddress } from './ip-address.ts';
import { notIpAddress } from './not-ip-address.ts';
import { nullOperator } from './null.ts';
import { numericEquals } from './numeric-equals.ts';
import { numericGreaterThan } from './numeric-greater-than.ts';
import { numericGreaterThanEquals } from './numeric-greater-than-equals.ts';
import { numericLessThan } from './numeric-less-than.ts';
import { numericLessThanEquals } from './numeric-less-than-equals.ts';
import { numericNotEquals } from './numeric-not-equals.ts';
import type { Operator } from './operator.ts';
import { stringEquals } from './string-equals.ts';
import { stringEqualsIgnoreCase } from './string-equals-ignore-case.ts';
import { stringLike } from './string-like.ts';
import { stringNotEquals } from './string-not-equals.ts';
import { stringNotEqualsIgnoreCase } from './string-not-equals-ignore-case.ts';
import { stringNotLike } from './string-not-like.ts';

/** Every condition operator. To add one: its file, its line here, its cases in `testdata/operators/`. */
export const OPERATORS: readonly Operator[] = [
  stringEquals,
  stringNotEquals,
  stringEqualsIgnoreCase,
  stringNotEqualsIgnoreCase,
  stringLike,
  stringNotLike,
  numericEquals,
  numericNotEquals,
  numericLessThan,
  numericLessThanEquals,
  numericGreaterThan,
  numericGreaterThanEquals,
  dateEquals,
  dateNotEquals,
  dateLessThan,
  dateLessThanEquals,
  dateGreaterThan,
  dateGreaterThanEquals,
  bool,
  binaryEquals,
  ipAddress,
  notIpAddress,
  arnEquals,
  arnNotEquals,
  arnLike,
  arnNotLike,
  nullOperator,
];

export type Quantifier = 'ForAllValues' | 'ForAnyValue';

export interface OperatorUse {
  readonly operator: Operator;
  /** Absent for keys that have one value. */
  readonly quantifier: Quantifier | undefined;
  readonly ifExists: boolean;
}

const BY_NAME = new Map(OPERATORS.map((operator) => [operator.name, operator]));
const USE = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/**
 * Reads what a policy calls an operator, such as `ForAnyValue:StringLikeIfExists`.
 *
 * @returns undefined when there is none of that name. `Null` takes neither of the two additions.
 */
export const findOperator = (name: string): OperatorUse | undefined => {
  const [, quantifier, base = '', ifExists] = USE.exec(name) ?? [];
  const operator = BY_NAME.get(base);
  if (operator === undefined) return undefined;
  if (operator === nullOperator && name !== nullOperator.name) return undefined;
  return {
    operator,
    quantifier: quantifier as Quantifier | undefined,
    ifExists: ifExists !== undefined,
  };
};
