import { exactTest, type Operator, patternValues } from './operator.ts';

const asIs = (text: string): string => text;

/** The same text, letter case included; stars are stars. */
export const stringEquals: Operator = {
  name: 'StringEquals',
  family: 'string',
  isNegated: false,
  takesVariables: true,
  compile: patternValues(false, exactTest(asIs), asIs),
};
