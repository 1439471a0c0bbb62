import { arnLike } from './arn-like.ts';
import type { Operator } from './operator.ts';

/** None of the ARNs; the same as `ArnNotLike`. */
export const arnNotEquals: Operator = { ...arnLike, name: 'ArnNotEquals', isNegated: true };
