import { type Operator, parsedValues } from './operator.ts';
import { parseNumber } from './parse-number.ts';

/** Above the number. */
export const numericGreaterThan: Operator = {
  name: 'NumericGreaterThan',
  family: 'numeric',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseNumber, parseNumber, (actual, wanted) => actual > wanted),
};
