import { exactTest, type Operator, patternValues } from './operator.ts';

const lowerCase = (text: string): string => text.toLowerCase();

/** The same text, whatever the letter case. */
export const stringEqualsIgnoreCase: Operator = {
  name: 'StringEqualsIgnoreCase',
  family: 'string',
  isNegated: false,
  takesVariables: true,
  compile: patternValues(false, exactTest(lowerCase), lowerCase),
};
