import { type Operator, parsedValues } from './operator.ts';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes in one form of base64: padding and the bits behind the last byte do not count. */
const parseBase64 = (text: string): string | undefined =>
  BASE64.test(text) && text.length % 4 === 0
    ? Buffer.from(text, 'base64').toString('base64')
    : undefined;

/** The same bytes; both sides are written in base64. */
export const binaryEquals: Operator = {
  name: 'BinaryEquals',
  family: 'binary',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseBase64, parseBase64, (actual, wanted) => actual === wanted),
};
