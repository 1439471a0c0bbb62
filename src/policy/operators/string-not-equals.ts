import type { Operator } from './operator.ts';
import { stringEquals } from './string-equals.ts';

/** None of the texts; a key that the request does not have is none of them. */
export const stringNotEquals: Operator = {
  ...stringEquals,
  name: 'StringNotEquals',
  isNegated: true,
};
