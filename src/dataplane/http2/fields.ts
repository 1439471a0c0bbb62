/** Header fields as HPACK has them: name, value, name, value…, one character a byte. */
export type RawFields = readonly string[];

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
