/** A character string of DNS has one byte for its length (RFC 1035 §3.3). */
const MOST_BYTES = 255;

const TEXT = /\s*"((?:[^"\\]|\\[0-7]{3}|\\[^0-7])*)"\s*/y;

/**
 * The character strings of a TXT value as the route53 API writes it: `"one" "two"`, with `\"`, `\\` and
 * `\123` (octal) in them. A byte a character. Undefined for what is no such value.
 */
export const parseTxtValue = (value: string): readonly string[] | undefined => {
  const texts: string[] = [];
  TEXT.lastIndex = 0;
  while (TEXT.lastIndex < value.length) {
    const match = TEXT.exec(value);
    if (match === null) return undefined;
    const bytes = Buffer.from(match[1]!, 'utf8').toString('latin1');
    const text = bytes.replace(/\\([0-7]{3})|\\(.)/gs, (_, octal, character) =>
      octal === undefined ? character : String.fromCharCode(Number.parseInt(octal, 8) & 0xff),
    );
    if (text.length > MOST_BYTES) return undefined;
    texts.push(text);
  }
  return texts.length === 0 ? undefined : texts;
};
