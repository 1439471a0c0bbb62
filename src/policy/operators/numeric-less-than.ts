import { type Operator, parsedValues } from './operator.ts';
import { parseNumber } from './parse-number.ts';

/** Below the number. */
export const numericLessThan: Operator = {
  name: 'NumericLessThan',
  family: 'numeric',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseNumber, parseNumber, (actual, wanted) => actual < wanted),
};
