import { type Operator, parsedValues } from './operator.ts';
import { parseNumber } from './parse-number.ts';

/** Above the number or the same. */
export const numericGreaterThanEquals: Operator = {
  name: 'NumericGreaterThanEquals',
  family: 'numeric',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseNumber, parseNumber, (actual, wanted) => actual >= wanted),
};
