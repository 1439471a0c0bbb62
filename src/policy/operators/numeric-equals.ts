import { type Operator, parsedValues } from './operator.ts';
import { parseNumber } from './parse-number.ts';

/** The same number, however written: `80` and `80.0`. */
export const numericEquals: Operator = {
  name: 'NumericEquals',
  family: 'numeric',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseNumber, parseNumber, (actual, wanted) => actual === wanted),
};
