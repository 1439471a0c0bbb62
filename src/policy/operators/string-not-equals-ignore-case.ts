import type { Operator } from './operator.ts';
import { stringEqualsIgnoreCase } from './string-equals-ignore-case.ts';

/** None of the texts, whatever the letter case. */
export const stringNotEqualsIgnoreCase: Operator = {
  ...stringEqualsIgnoreCase,
  name: 'StringNotEqualsIgnoreCase',
  isNegated: true,
};
