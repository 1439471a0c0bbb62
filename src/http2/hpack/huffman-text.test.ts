import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HpackError } from './hpack-error.ts';
import { CODE_BITS, CODES, END_OF_STRING } from './huffman-code.ts';
import { readHuffmanText } from './huffman-text.ts';
import { encodeHuffman } from './sample-huffman.ts';

const read = (bytes: Buffer): string => readHuffmanText(bytes, 0, bytes.length);

/** Any text of bytes; those that ASCII has are as frequent as the others. */
const text = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 32, max: 126 })), {
    maxLength: 80,
  })
  .map((codes) => String.fromCharCode(...codes));

describe('the code of RFC 7541 Appendix B', () => {
  test.each([
    { name: 'the first of five bits', symbol: 48, code: 0x0, bits: 5 },
    { name: 'a letter', symbol: 97, code: 0x3, bits: 5 },
    { name: 'the last of eight bits', symbol: 90, code: 0xfd, bits: 8 },
    { name: 'NUL', symbol: 0, code: 0x1ff8, bits: 13 },
    { name: 'the second of nineteen bits', symbol: 195, code: 0x7fff1, bits: 19 },
    { name: 'the highest byte', symbol: 255, code: 0x3ffffee, bits: 26 },
    { name: 'the end', symbol: END_OF_STRING, code: 0x3fffffff, bits: 30 },
  ])('$name', ({ symbol, code, bits }) => {
    expect({ code: CODES[symbol], bits: CODE_BITS[symbol] }).toEqual({ code, bits });
  });

  test('every sequence of bits is a code or the beginning of one', () => {
    expect(CODE_BITS.reduce((share, bits) => share + 2 ** -bits, 0)).toBe(1);
  });
});

describe('Huffman-coded text', () => {
  test('every byte', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
    expect(read(encodeHuffman(all))).toBe(all);
  });

  test('what was encoded is read again, wherever it stands', () => {
    fc.assert(
      fc.property(text, fc.nat(20), (sent, before) => {
        const code = encodeHuffman(sent);
        const block = Buffer.concat([Buffer.alloc(before, 0xff), code, Buffer.from([0, 0])]);
        expect(readHuffmanText(block, before, before + code.length)).toBe(sent);
      }),
      { numRuns: 1000 },
    );
  });

  test('a text longer than any header', () => {
    const sent = 'Pergola/'.repeat(10_000);
    expect(read(encodeHuffman(sent))).toBe(sent);
  });

  test('bytes are a text in one way only, and are refused otherwise', () => {
    // Bytes with many ones meet long codes and padding.
    const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constant(255));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        const code = Buffer.from(bytes);
        let found: string;
        try {
          found = read(code);
        } catch (error) {
          expect(error).toBeInstanceOf(HpackError);
          return;
        }
        expect(encodeHuffman(found)).toEqual(code);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    { name: 'padding of eight bits', hex: 'ff' },
    { name: 'padding of eight bits behind a text', hex: '1c64ff' },
    { name: 'padding of eleven bits', hex: '1fff' },
    { name: 'padding with a zero', hex: '1e' },
    { name: 'padding of zeros', hex: '18' },
    { name: 'the end, as a symbol', hex: 'fffffffc' },
    { name: 'the end, as a symbol behind a text', hex: '1fffffffff' },
    { name: 'a long code that is cut off', hex: 'ffff' },
    { name: 'a longest code that is cut off', hex: 'ffffff' },
  ])('refused: $name', ({ hex }) => {
    expect(() => read(Buffer.from(hex, 'hex'))).toThrow(HpackError);
  });
});
