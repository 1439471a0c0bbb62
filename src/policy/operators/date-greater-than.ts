import { type Operator, parsedValues } from './operator.ts';
import { parseDate } from './parse-date.ts';

/** After the date. */
export const dateGreaterThan: Operator = {
  name: 'DateGreaterThan',
  family: 'date',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseDate, parseDate, (actual, wanted) => actual > wanted),
};
