import type { Operator } from './operator.ts';
import { stringLike } from './string-like.ts';

/** None of the patterns. */
export const stringNotLike: Operator = { ...stringLike, name: 'StringNotLike', isNegated: true };
