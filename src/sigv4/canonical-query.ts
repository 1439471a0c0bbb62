import { decodeUri, encodeUri, isEncoded, wireBytes } from './encode-uri.ts';

/**
 * The query as a signature covers it: names and values encoded alike and sorted. `leaveOut` is the
 * signature itself, which a presigned URL carries as a parameter.
 */
export const canonicalQuery = (rawQuery: string, leaveOut?: string): string => {
  const parameters = encodedParameters(rawQuery, leaveOut);
  // Most queries have a parameter or two, in order.
  if (!isSorted(parameters)) parameters.sort(compare);
  let text = '';
  for (const parameter of parameters) {
    text += text === '' ? write(parameter) : `&${write(parameter)}`;
  }
  return text;
};

/** The same before it is sorted, `name=value` each. */
export const canonicalParameters = (rawQuery: string, leaveOut?: string): readonly string[] =>
  encodedParameters(rawQuery, leaveOut).map(write);

const encodedParameters = (rawQuery: string, leaveOut: string | undefined): Parameter[] => {
  const parameters: Parameter[] = [];
  if (rawQuery === '') return parameters;
  for (const part of rawQuery.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = reencode(equals < 0 ? part : part.slice(0, equals));
    if (name === leaveOut) continue;
    parameters.push([name, equals < 0 ? '' : reencode(part.slice(equals + 1))]);
  }
  return parameters;
};

const isSorted = (parameters: readonly Parameter[]): boolean => {
  for (let i = 1; i < parameters.length; i++) {
    if (compare(parameters[i - 1] as Parameter, parameters[i] as Parameter) > 0) return false;
  }
  return true;
};

type Parameter = readonly [name: string, value: string];

const write = (parameter: Parameter): string => `${parameter[0]}=${parameter[1]}`;

/** A `+` is a space, as those who read the query take it; signers write a plus as `%2B`. */
const reencode = (text: string): string => {
  if (isEncoded(text)) return text;
  return encodeUri(wireBytes(decodeUri(text.replaceAll('+', '%20'))));
};

const compare = (a: Parameter, b: Parameter): number => {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
};
