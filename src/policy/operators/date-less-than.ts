import { type Operator, parsedValues } from './operator.ts';
import { parseDate } from './parse-date.ts';

/** Before the date. */
export const dateLessThan: Operator = {
  name: 'DateLessThan',
  family: 'date',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseDate, parseDate, (actual, wanted) => actual < wanted),
};
