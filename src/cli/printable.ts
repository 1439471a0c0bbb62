/**
 * A text of someone else's, on one line and without what a terminal would obey: control characters
 * (escape sequences begin with one), format characters (they can turn a line around) and line
 * separators. To be applied before colours are.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');

/** An answer of the API with every text in it made printable, dates and numbers as they are. */
export const printableValues = <T>(value: T): T => {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map(printableValues) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, printableValues(member)]),
  ) as T;
};
