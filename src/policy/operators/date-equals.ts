import { type Operator, parsedValues } from './operator.ts';
import { parseDate } from './parse-date.ts';

/** The same moment. */
export const dateEquals: Operator = {
  name: 'DateEquals',
  family: 'date',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseDate, parseDate, (actual, wanted) => actual === wanted),
};
