const UNRESERVED = /[A-Za-z0-9\-._~]/;

const ENCODED_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return UNRESERVED.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

const IS_UNRESERVED = Uint8Array.from(ENCODED_BYTES, (encoded) => (encoded.length === 1 ? 1 : 0));

/** Percent-encodes every byte that RFC 3986 does not call unreserved, as SigV4 asks for. */
export const encodeUri = (bytes: Uint8Array): string => {
  let encoded = '';
  for (const byte of bytes) encoded += ENCODED_BYTES[byte];
  return encoded;
};

/** Text as it came from the wire, one character a byte. */
export const wireBytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Undoes percent-encoding once. A `%` that starts no escape stays: whoever parses the value refuses it. */
export const decodeUri = (text: string): string => {
  let at = text.indexOf('%');
  if (at < 0) return text;
  let decoded = '';
  let copyFrom = 0;
  while (at >= 0) {
    const byte = hexDigit(text.charCodeAt(at + 1)) * 16 + hexDigit(text.charCodeAt(at + 2));
    if (!Number.isNaN(byte)) {
      decoded += text.slice(copyFrom, at) + String.fromCharCode(byte);
      copyFrom = at + 3;
      at += 2;
    }
    at = text.indexOf('%', at + 1);
  }
  return decoded + text.slice(copyFrom);
};

const hexDigit = (code: number): number =>
  code >= 0x61 && code <= 0x66 ? code - 0x57 : upperHex(code);

/** Whether encoding the decoded text would give the text again, as is so for most that clients send. */
export const isEncoded = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x25 /* % */) {
      const byte = upperHex(text.charCodeAt(i + 1)) * 16 + upperHex(text.charCodeAt(i + 2));
      if (Number.isNaN(byte) || IS_UNRESERVED[byte] === 1) return false;
      i += 2;
    } else if (IS_UNRESERVED[code] !== 1) {
      return false;
    }
  }
  return true;
};

const upperHex = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x41 && code <= 0x46 ? code - 0x37 : Number.NaN;
};
