import { arnLike } from './arn-like.ts';
import type { Operator } from './operator.ts';

/** The same as `ArnLike`: AWS documents that both behave identically, stars included. */
export const arnEquals: Operator = { ...arnLike, name: 'ArnEquals' };
