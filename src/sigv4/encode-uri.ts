const UNRESERVED = /[A-Za-z0-9\-._~]/;

const ENCODED_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return UNRESERVED.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** Percent-encodes every byte that RFC 3986 does not call unreserved, as SigV4 asks for. */
export const encodeUri = (bytes: Uint8Array): string => {
  let encoded = '';
  for (const byte of bytes) encoded += ENCODED_BYTES[byte];
  return encoded;
};

/** Text as it came from the wire, one character a byte. */
export const wireBytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const isHex = (code: number | undefined): boolean =>
  code !== undefined &&
  ((code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x46) ||
    (code >= 0x61 && code <= 0x66));

/** Undoes percent-encoding once. A `%` that starts no escape stays: whoever parses the value refuses it. */
export const decodeUri = (text: string): Buffer => {
  const bytes = wireBytes(text);
  if (!bytes.includes(0x25)) return bytes;
  const decoded = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const isEscape = bytes[i] === 0x25 && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
    decoded[length++] = isEscape
      ? Number.parseInt(bytes.toString('latin1', i + 1, i + 3), 16)
      : (bytes[i] as number);
    if (isEscape) i += 2;
  }
  return decoded.subarray(0, length);
};
