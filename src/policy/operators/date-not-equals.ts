import { dateEquals } from './date-equals.ts';
import type { Operator } from './operator.ts';

/** None of the moments. */
export const dateNotEquals: Operator = { ...dateEquals, name: 'DateNotEquals', isNegated: true };
