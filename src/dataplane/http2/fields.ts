/** Header fields as node:http2 has them raw: name, value, name, value…, one character a byte. */
export type RawFields = readonly string[];

/** The fields of an event of node:http2, whose types do not tell of this argument everywhere. */
export const rawFields = (event: readonly unknown[]): RawFields => event[2] as RawFields;

/**
 * For node:http2, whose own limit for what it sends (64 KiB) would reset streams with heads that are allowed.
 * Heads are limited where they come in.
 */
export const MAX_SENT_HEAD_BYTES = 2 ** 24;

/** Index of a field's name, or -1. */
export const findField = (fields: RawFields, name: string): number => {
  for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return i;
  return -1;
};

/** The first value of that name. */
export const fieldValue = (fields: RawFields, name: string): string | undefined => {
  const at = findField(fields, name);
  return at < 0 ? undefined : fields[at + 1];
};

/** Bytes that the fields would take as lines of HTTP/1.1: compression depends on what went before. */
export const byteLengthOf = (fields: RawFields): number => {
  let length = 0;
  for (const text of fields) length += text.length;
  // `: ` and CR LF
  return length + 2 * fields.length;
};

/** As lines of HTTP/1.1, each with its CR LF. */
export const toLines = (fields: RawFields): string => {
  let lines = '';
  for (let i = 0; i < fields.length; i += 2) lines += `${fields[i]}: ${fields[i + 1]}\r\n`;
  return lines;
};

/** From lines of our own: CR LF, name, `: `, value… as `wayLines` and `identityLines` make them. */
export const parseLines = (lines: string): string[] =>
  lines === ''
    ? []
    : lines
        .split('\r\n')
        .filter((line) => line !== '')
        .flatMap((line) => {
          const end = line.indexOf(': ');
          return [line.slice(0, end), line.slice(end + 2)];
        });

/** For those functions of node:http2 that take no raw fields. */
export const toHeaders = (fields: RawFields): Record<string, string | string[]> => {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i]!;
    const value = fields[i + 1]!;
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else headers[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return headers;
};
