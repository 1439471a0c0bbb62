import { bool } from './bool.ts';
import type { Operator } from './operator.ts';

/** Whether the request lacks the key: asked with `true` when it does, with `false` when it has it. */
export const nullOperator: Operator = { ...bool, name: 'Null', family: 'presence' };
