import { numericEquals } from './numeric-equals.ts';
import type { Operator } from './operator.ts';

/** None of the numbers. */
export const numericNotEquals: Operator = {
  ...numericEquals,
  name: 'NumericNotEquals',
  isNegated: true,
};
