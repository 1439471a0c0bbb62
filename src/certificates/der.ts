/** The part of DER (ITU-T X.690) that certificates are made of. */

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

export const tlv = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
};

const lengthOf = (length: number): readonly number[] => {
  if (length < 0x80) return [length];
  const bytes = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
};

export const sequence = (...items: readonly Uint8Array[]): Buffer => tlv(TAG.sequence, ...items);
export const set = (...items: readonly Uint8Array[]): Buffer => tlv(TAG.set, ...items);
export const octetString = (content: Uint8Array): Buffer => tlv(TAG.octetString, content);
export const utf8String = (text: string): Buffer => tlv(TAG.utf8String, Buffer.from(text));
export const TRUE: Buffer = tlv(TAG.boolean, Buffer.from([0xff]));

/** `[number]` with what is inside in its own tags. */
export const explicit = (number: number, ...items: readonly Uint8Array[]): Buffer =>
  tlv(0xa0 | number, ...items);

/** `[number]` in place of the tag of a primitive type. */
export const implicit = (number: number, content: Uint8Array): Buffer =>
  tlv(0x80 | number, content);

/** A whole number that is not negative, big-endian. */
export const integer = (bytes: Uint8Array): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  // The highest bit is the sign.
  const sign = (short[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : Uint8Array.of();
  return tlv(TAG.integer, sign, short);
};

/** @param unused bits at the end that are not part of the string */
export const bitString = (content: Uint8Array, unused = 0): Buffer =>
  tlv(TAG.bitString, Uint8Array.of(unused), content);

/** `2.5.29.17` */
export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tlv(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
};

const base128 = (value: number): readonly number[] => {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift(0x80 | (rest % 128));
  }
  return digits;
};

/** In seconds, UTC. Two digits of the year until 2049, four from 2050 on (RFC 5280 §4.1.2.5). */
export const time = (at: Date): Buffer => {
  const digits = `${at.toISOString().slice(0, 19).replace(/\D/g, '')}Z`;
  return at.getUTCFullYear() < 2050
    ? tlv(TAG.utcTime, Buffer.from(digits.slice(2)))
    : tlv(TAG.generalizedTime, Buffer.from(digits));
};

export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
}

/** The values that stand one after the other. @throws Error when the bytes are no DER */
export const readDer = (bytes: Buffer): readonly DerValue[] => {
  const values: DerValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? Number.NaN;
    // Four bytes of length are more than any certificate has.
    const width = short < 0x80 ? 0 : short - 0x80;
    const start = at + 2 + width;
    if (Number.isNaN(short) || short === 0x80 || width > 4 || start > bytes.length) throw damaged();
    const length = width === 0 ? short : bytes.readUIntBE(at + 2, width);
    if (start + length > bytes.length) throw damaged();
    values.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return values;
};

const damaged = () => new Error('the bytes are no DER');
