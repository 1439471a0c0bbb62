import { arnLike } from './arn-like.ts';
import type { Operator } from './operator.ts';

/** None of the ARNs. */
export const arnNotLike: Operator = { ...arnLike, name: 'ArnNotLike', isNegated: true };
