import { decodeUri, encodeUri } from './encode-uri.ts';

/**
 * The query as a signature covers it: names and values encoded alike and sorted. `leaveOut` is the
 * signature itself, which a presigned URL carries as a parameter.
 */
export const canonicalQuery = (rawQuery: string, leaveOut?: string): string => {
  if (rawQuery === '') return '';
  const parameters: (readonly [name: string, value: string])[] = [];
  for (const part of rawQuery.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = reencode(equals < 0 ? part : part.slice(0, equals));
    if (name === leaveOut) continue;
    parameters.push([name, equals < 0 ? '' : reencode(part.slice(equals + 1))]);
  }
  return parameters
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
};

/** A `+` is a space, as those who read the query take it; signers write a plus as `%2B`. */
const reencode = (text: string): string =>
  encodeUri(decodeUri(text.includes('+') ? text.replaceAll('+', '%20') : text));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
