import { type Operator, parsedValues } from './operator.ts';
import { parseDate } from './parse-date.ts';

/** Before the date or at it. */
export const dateLessThanEquals: Operator = {
  name: 'DateLessThanEquals',
  family: 'date',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseDate, parseDate, (actual, wanted) => actual <= wanted),
};
