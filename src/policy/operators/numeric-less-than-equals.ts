import { type Operator, parsedValues } from './operator.ts';
import { parseNumber } from './parse-number.ts';

/** Below the number or the same. */
export const numericLessThanEquals: Operator = {
  name: 'NumericLessThanEquals',
  family: 'numeric',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseNumber, parseNumber, (actual, wanted) => actual <= wanted),
};
