/**
 * A configured text as it looks in a request head, where each character is one byte (Latin-1):
 * a character outside ASCII becomes the bytes of its UTF-8 form.
 */
export function toWireText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

const BEYOND_ASCII = /[\x80-\xff]/;

/** The text that bytes of a request head are, one character each; what is no UTF-8 becomes U+FFFD. */
export function fromWireText(text: string): string {
  return BEYOND_ASCII.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}
