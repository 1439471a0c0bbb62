import { compileGlobTest } from '../text-test.ts';
import { type Operator, patternValues } from './operator.ts';

/** A text in which `*` stands for any characters and `?` for one; letter case counts. */
export const stringLike: Operator = {
  name: 'StringLike',
  family: 'string',
  isNegated: false,
  takesVariables: true,
  compile: patternValues(true, compileGlobTest),
};
