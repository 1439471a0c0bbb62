/**
 * The header lines of a request or response, parsed strictly (RFC 9112 §5, RFC 9110 §5): a token,
 * a colon with nothing before it, a value without control characters, CR LF. No folding.
 *
 * Text is latin1: one character a byte.
 */
export interface HeaderLines {
  /** Lower case. */
  readonly names: string[];
  /** Without white space around them. */
  readonly values: string[];
  /** Offset of each line's first character; the line ends where the next one starts. */
  readonly starts: number[];
}

const REFUSED = 0;
const TOKEN = 1;
const TOKEN_UPPER = 2;

/** RFC 9110 §5.6.2 `tchar`, by byte. */
const TOKEN_CLASS = new Uint8Array(256);
for (const character of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz") {
  TOKEN_CLASS[character.charCodeAt(0)] = TOKEN;
}
for (let code = 65; code <= 90; code++) TOKEN_CLASS[code] = TOKEN_UPPER;

export const isTokenCode = (code: number): boolean => TOKEN_CLASS[code] !== REFUSED;

/**
 * Parses the lines in `text` from `start` to `end`, where `end` is just behind the last line's CR LF.
 * Returns false when a line is malformed or there are more than `maxCount`.
 */
export function parseHeaderLines(
  text: string,
  start: number,
  end: number,
  maxCount: number,
  into: HeaderLines,
): boolean {
  const { names, values, starts } = into;
  let position = start;
  // Every loop ends at the CR of a line at the latest: the caller found CR LF at `end - 2`.
  while (position < end) {
    if (names.length === maxCount) return false;
    const lineStart = position;
    let hasUpper = false;
    let code = text.charCodeAt(position);
    while (code !== 58 /* : */) {
      const kind = TOKEN_CLASS[code];
      if (kind === REFUSED) return false;
      if (kind === TOKEN_UPPER) hasUpper = true;
      code = text.charCodeAt(++position);
    }
    if (position === lineStart) return false;
    const name = text.slice(lineStart, position);
    code = text.charCodeAt(++position);
    while (code === 32 || code === 9) code = text.charCodeAt(++position);
    const valueStart = position;
    let valueEnd = position;
    while (code !== 13) {
      if (code < 32 ? code !== 9 : code === 127) return false;
      position++;
      if (code !== 32 && code !== 9) valueEnd = position;
      code = text.charCodeAt(position);
    }
    if (text.charCodeAt(position + 1) !== 10) return false;
    position += 2;
    names.push(hasUpper ? name.toLowerCase() : name);
    values.push(text.slice(valueStart, valueEnd));
    starts.push(lineStart);
  }
  return position === end;
}

/** Digits only, at most 15 of them, so that the number is exact; -1 for anything else (RFC 9110 §8.6). */
export function parseContentLength(value: string): number {
  if (value.length === 0 || value.length > 15) return -1;
  let length = 0;
  for (let i = 0; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length;
}

/** Whether `token` (lower case) is among the comma-separated tokens of a list header. */
export function hasListToken(value: string, token: string): boolean {
  if (value.length === token.length) return value.toLowerCase() === token;
  if (value.length < token.length) return false;
  for (const item of value.split(',')) if (item.trim().toLowerCase() === token) return true;
  return false;
}
