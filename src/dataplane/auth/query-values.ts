import { spendWork } from '../../policy/work-limit.ts';
import { decodeUri } from '../../sigv4/encode-uri.ts';
import { fromWireText } from '../route/wire-text.ts';

/** Characters of a query that is read anew for each name that a policy asks for. */
const SHORT_QUERY = 256;
/** Of taking a query apart, for each of its characters. */
const WORK_OF_PARSING = 8;

/**
 * The query of one request, for conditions on `RequestQueryString/NAME`. Names and values are decoded
 * as a form's are (`+` is a space, `%C3%A9` an `é`), for so do the targets that read them: an encoded
 * letter must not lead past a policy. Names keep their case.
 */
export class QueryValues {
  readonly #query: string;
  /** Of a long query, made when first asked. */
  #byName: Map<string, string[]> | undefined;

  /** @param query as received, without the `?` */
  constructor(query: string) {
    this.#query = query;
  }

  /** All values of a parameter, in order; undefined when there is none. */
  get(name: string): readonly string[] | undefined {
    if (this.#query.length > SHORT_QUERY) {
      this.#byName ??= parse(this.#query);
      return this.#byName.get(name);
    }
    let values: string[] | undefined;
    forEach(this.#query, (parameter, value) => {
      if (parameter !== name) return;
      values ??= [];
      values.push(decodeQuery(value));
    });
    return values;
  }
}

const parse = (query: string): Map<string, string[]> => {
  spendWork(WORK_OF_PARSING * query.length);
  const byName = new Map<string, string[]>();
  forEach(query, (name, value) => {
    const values = byName.get(name);
    if (values === undefined) byName.set(name, [decodeQuery(value)]);
    else values.push(decodeQuery(value));
  });
  return byName;
};

/** @param see gets names decoded, values as they came; not those without a name */
const forEach = (query: string, see: (name: string, value: string) => void): void => {
  for (let start = 0; start < query.length; ) {
    let end = query.indexOf('&', start);
    if (end < 0) end = query.length;
    // Cut out first: looking for a `=` in all that follows would take long where there is none.
    const parameter = query.slice(start, end);
    const equals = parameter.indexOf('=');
    const nameEnd = equals < 0 ? parameter.length : equals;
    if (nameEnd > 0) see(decodeQuery(parameter.slice(0, nameEnd)), parameter.slice(nameEnd + 1));
    start = end + 1;
  }
};

/** Bytes that are no UTF-8 become U+FFFD; a `%` that starts no escape stays. */
const decodeQuery = (text: string): string => {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return fromWireText(decodeUri(spaced));
};
