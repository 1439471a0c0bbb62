import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, octetString, oid, readDer, sequence, time, tlv } from './der.ts';

const hex = (bytes: Buffer) => bytes.toString('hex');

describe('DER is written as X.690 and RFC 5280 show it:', () => {
  test.each([
    { name: 'an OID with large arcs', bytes: oid('1.2.840.113549'), expected: '06062a864886f70d' },
    { name: 'an OID of a joint arc', bytes: oid('2.5.29.17'), expected: '0603551d11' },
    { name: 'zero', bytes: integer(Uint8Array.of(0)), expected: '020100' },
    {
      name: 'a number without zeros in front',
      bytes: integer(Buffer.from('00007f', 'hex')),
      expected: '02017f',
    },
    {
      name: 'a number whose highest bit is set',
      bytes: integer(Uint8Array.of(0x80)),
      expected: '02020080',
    },
    {
      name: 'a long length',
      bytes: octetString(Buffer.alloc(300)).subarray(0, 4),
      expected: '0482012c',
    },
    {
      name: 'the longest short length',
      bytes: octetString(Buffer.alloc(127)).subarray(0, 2),
      expected: '047f',
    },
    {
      name: 'a time of 2049',
      bytes: time(new Date('2049-12-31T23:59:59.9Z')),
      expected: hex(tlv(0x17, Buffer.from('491231235959Z'))),
    },
    {
      name: 'a time of 2050',
      bytes: time(new Date('2050-01-01T00:00:00Z')),
      expected: hex(tlv(0x18, Buffer.from('20500101000000Z'))),
    },
  ])('$name', ({ bytes, expected }) => {
    expect(hex(bytes)).toBe(expected);
  });
});

test('what was written is read again', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70_000 }), { maxLength: 3 }), (contents) => {
      const [list] = readDer(sequence(...contents.map((content) => octetString(content))));
      expect(readDer(list!.content).map(({ content }) => hex(content))).toEqual(
        contents.map((content) => hex(Buffer.from(content))),
      );
    }),
    { numRuns: 50 },
  );
});

describe('what is no DER is refused:', () => {
  test.each([
    { name: 'a tag alone', bytes: '30' },
    { name: 'less than the length says', bytes: '300501' },
    { name: 'a length that is cut off', bytes: '308201' },
    { name: 'a length of five bytes', bytes: '30850000000001ff' },
    { name: 'a length that is not said', bytes: '30800000' },
  ])('$name', ({ bytes }) => {
    expect(() => readDer(Buffer.from(bytes, 'hex'))).toThrow('no DER');
  });

  test('any bytes are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          readDer(Buffer.from(bytes));
        } catch (error) {
          expect((error as Error).message).toBe('the bytes are no DER');
        }
      }),
    );
  });
});
