/**
 * A configured text as it looks in a request head, where each character is one byte (Latin-1):
 * a character outside ASCII becomes the bytes of its UTF-8 form.
 */
export function toWireText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
