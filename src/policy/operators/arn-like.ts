import { compileArnTest } from '../arn-pattern.ts';
import { type Operator, patternValues } from './operator.ts';

/** An ARN, part by part; each part may have `*` and `?`. */
export const arnLike: Operator = {
  name: 'ArnLike',
  family: 'arn',
  isNegated: false,
  takesVariables: true,
  compile: patternValues(true, compileArnTest),
};
