import { CODE_BITS, CODES } from './huffman-code.ts';

/** Huffman-codes text (RFC 7541 §5.2) in the plainest way, for tests and benchmarks: we send none. */
export function encodeHuffman(text: string): Buffer {
  const bits = Array.from(Buffer.from(text, 'latin1'), (byte) =>
    CODES[byte]!.toString(2).padStart(CODE_BITS[byte]!, '0'),
  ).join('');
  return Buffer.from(
    (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '1'), 2)),
  );
}

/** A text of less than 127 bytes as it stands in a block. */
export function huffmanText(text: string): Buffer {
  const code = encodeHuffman(text);
  return Buffer.concat([Buffer.of(0x80 | code.length), code]);
}
