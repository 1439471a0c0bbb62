import { type Operator, parsedValues } from './operator.ts';
import { parseDate } from './parse-date.ts';

/** After the date or at it. */
export const dateGreaterThanEquals: Operator = {
  name: 'DateGreaterThanEquals',
  family: 'date',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseDate, parseDate, (actual, wanted) => actual >= wanted),
};
