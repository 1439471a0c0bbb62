import { type Operator, parsedValues } from './operator.ts';

const parseBool = (text: string): boolean | undefined => {
  const word = text.toLowerCase();
  return word === 'true' || (word === 'false' ? false : undefined);
};

/** `true` or `false`. */
export const bool: Operator = {
  name: 'Bool',
  family: 'bool',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseBool, parseBool, (actual, wanted) => actual === wanted),
};
