/**
 * All values of a query parameter, in order: what a condition on `RequestQueryString/NAME` compares.
 * Names and values are decoded as a form's are (`+` is a space, `%C3%A9` an `é`), for so do the
 * targets that read them: an encoded letter must not lead past a policy. Names keep their case.
 *
 * @param query as received, without the `?`
 * @returns undefined when there is no such parameter
 */
export const queryValues = (query: string, name: string): readonly string[] | undefined => {
  let values: string[] | undefined;
  for (let start = 0; start < query.length; ) {
    let end = query.indexOf('&', start);
    if (end < 0) end = query.length;
    const equals = query.indexOf('=', start);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    if (nameEnd > start && decodeQuery(query.slice(start, nameEnd)) === name) {
      values ??= [];
      values.push(decodeQuery(query.slice(nameEnd + 1, end)));
    }
    start = end + 1;
  }
  return values;
};

const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;

/** Bytes that are no UTF-8 become U+FFFD; a `%` that starts no escape stays. */
const decodeQuery = (text: string): string => {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  return spaced.replace(ESCAPES, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
};
