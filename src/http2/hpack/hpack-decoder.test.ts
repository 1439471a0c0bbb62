import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HpackDecoder } from './hpack-decoder.ts';
import { HpackError } from './hpack-error.ts';
import { huffmanText } from './sample-huffman.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

const aDecoder = (maxTableSize = 4096) => new HpackDecoder({ maxTableSize });

const decode = (decoder: HpackDecoder, block: Buffer, maxListSize = 65_536, maxFields = 1000) => {
  const fields: string[] = [];
  const result = decoder.decode(block, 0, block.length, fields, maxListSize, maxFields);
  return { fields, ...result };
};

describe('a field as RFC 7541 C.2 shows it:', () => {
  test.each([
    {
      name: 'literal with incremental indexing',
      block: '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572',
      fields: ['custom-key', 'custom-header'],
      neverIndexed: undefined,
    },
    {
      name: 'literal without indexing',
      block: '040c 2f73 616d 706c 652f 7061 7468',
      fields: [':path', '/sample/path'],
      neverIndexed: undefined,
    },
    {
      name: 'literal never indexed',
      block: '1008 7061 7373 776f 7264 0673 6563 7265 74',
      fields: ['password', 'secret'],
      neverIndexed: ['password'],
    },
    { name: 'indexed', block: '82', fields: [':method', 'GET'], neverIndexed: undefined },
  ])('$name', ({ block, fields, neverIndexed }) => {
    expect(decode(aDecoder(), hex(block))).toEqual({ fields, neverIndexed, isTooLarge: false });
  });
});

const REQUESTS = [
  [':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'www.example.com'],
  [
    ...[':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'www.example.com'],
    ...['cache-control', 'no-cache'],
  ],
  [
    ...[':method', 'GET', ':scheme', 'https', ':path', '/index.html'],
    ...[':authority', 'www.example.com', 'custom-key', 'custom-value'],
  ],
];

const redirect = (status: string) => [
  ...[':status', status, 'cache-control', 'private', 'date', 'Mon, 21 Oct 2013 20:13:21 GMT'],
  ...['location', 'https://www.example.com'],
];

const RESPONSES = [
  redirect('302'),
  redirect('307'),
  [
    ...[':status', '200', 'cache-control', 'private', 'date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
    ...['location', 'https://www.example.com', 'content-encoding', 'gzip'],
    ...['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
  ],
];

/** To a table of 256 bytes, with which C.5 and C.6 evict. */
const SHRINK = '3fe101';

describe('blocks in a row as RFC 7541 shows them:', () => {
  test.each([
    {
      name: 'C.3, requests',
      blocks: [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
      lists: REQUESTS,
    },
    {
      name: 'C.4, requests with Huffman coding',
      blocks: [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
      lists: REQUESTS,
    },
    {
      name: 'C.5, responses with evictions',
      blocks: [
        `${SHRINK} 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032
         303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d`,
        '4803 3330 37c1 c0bf',
        `88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04
         677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49
         553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31`,
      ],
      lists: RESPONSES,
    },
    {
      name: 'C.6, responses with evictions and Huffman coding',
      blocks: [
        `${SHRINK} 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b
         ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3`,
        '4883 640e ffc1 c0bf',
        `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7
         821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed
         4ee5 b106 3d50 07`,
      ],
      lists: RESPONSES,
    },
  ])('$name', ({ blocks, lists }) => {
    const decoder = aDecoder();
    const decoded = blocks.map((block) => decode(decoder, hex(block.replace(/\s/g, ''))).fields);
    expect(decoded).toEqual(lists);
  });
});

/** A text in a block, not Huffman-coded, of less than 127 bytes. */
const text = (value: string): Buffer =>
  Buffer.concat([Buffer.of(value.length), Buffer.from(value, 'latin1')]);

/** A literal with incremental indexing and a new name. */
const added = (name: string, value: string): Buffer =>
  Buffer.concat([Buffer.of(0x40), text(name), text(value)]);

describe('the table', () => {
  test('a field that comes by its index is the same string as before, and no copy', () => {
    const decoder = aDecoder();
    const length = 3000;
    const long = [hex('4001 61 7fb916'), Buffer.alloc(length, 'v')];
    const count = 20_000;
    const before = process.memoryUsage().heapUsed;
    const { fields } = decode(
      decoder,
      Buffer.concat([...long, Buffer.alloc(count, 0xbe)]),
      Number.POSITIVE_INFINITY,
      count + 1,
    );
    const grown = process.memoryUsage().heapUsed - before;
    expect(fields).toHaveLength(2 * count + 2);
    expect(fields.at(-1)).toBe('v'.repeat(length));
    expect(grown).toBeLessThan((count * length) / 2);
  });

  test('a field of its size empties it, one byte more does not enter', () => {
    const decoder = aDecoder();
    const fits = added('n', 'v'.repeat(63));
    decode(decoder, Buffer.concat([hex('3f41'), fits])); // 96 bytes: 31 + 65
    expect(decode(decoder, hex('be')).fields).toEqual(['n', 'v'.repeat(63)]);
    decode(decoder, added('n', 'v'.repeat(64)));
    expect(() => decode(decoder, hex('be'))).toThrow(HpackError);
  });

  test('a new field may take its name from the one that it pushes out', () => {
    const decoder = aDecoder();
    decode(decoder, Buffer.concat([hex('3f41'), added('name', 'v'.repeat(60))]));
    const next = Buffer.concat([Buffer.of(0x40 | 62), text('w'.repeat(60))]);
    expect(decode(decoder, next).fields).toEqual(['name', 'w'.repeat(60)]);
    expect(decode(decoder, hex('be')).fields).toEqual(['name', 'w'.repeat(60)]);
  });

  test('as many fields as fit are told apart by their indexes', () => {
    const decoder = aDecoder();
    const names = Array.from({ length: 110 }, (_, i) => `n${String(i).padStart(3, '0')}`);
    for (const name of names) decode(decoder, added(name, 'v'));
    const last = names.slice(-110);
    expect(decode(decoder, Buffer.of(0x80 | 62)).fields[0]).toBe(last.at(-1));
    expect(decode(decoder, Buffer.of(0xff, 0x2c)).fields[0]).toBe(last.at(-110)); // 171
    expect(() => decode(decoder, Buffer.of(0xff, 0x2d))).toThrow(HpackError);
  });

  test('sizes are taken at the beginning of a block: emptied and back to what was announced', () => {
    const decoder = aDecoder(8192);
    decode(decoder, added('n', 'v'));
    expect(decode(decoder, Buffer.concat([hex('20 3fe13f'), added('m', 'w')])).fields).toEqual([
      'm',
      'w',
    ]);
    expect(() => decode(decoder, hex('bf'))).toThrow(HpackError);
  });

  test('less than the 4096 bytes of the beginning cannot be announced', () => {
    expect(() => aDecoder(4095)).toThrow('`4095` is too small');
  });
});

describe('a list that is too large', () => {
  const block = Buffer.concat([added('x-first', '1'), added('x-second', '2'), Buffer.of(0x82)]);

  test.each([
    { name: 'as large as allowed', maxListSize: 40 + 41 + 42, maxFields: 3, count: 3 },
    { name: 'a byte larger', maxListSize: 40 + 41 + 41, maxFields: 3, count: 2 },
    { name: 'a field more', maxListSize: 65_536, maxFields: 2, count: 2 },
    { name: 'nothing allowed', maxListSize: 0, maxFields: 2, count: 0 },
  ])('$name', ({ maxListSize, maxFields, count }) => {
    const result = decode(aDecoder(), block, maxListSize, maxFields);
    expect(result.isTooLarge).toBe(count < 3);
    expect(result.fields).toHaveLength(2 * count);
  });

  test('is kept up with: the next block finds its fields in the table', () => {
    const decoder = aDecoder();
    decode(decoder, block, 0);
    expect(decode(decoder, hex('bfbe')).fields).toEqual(['x-first', '1', 'x-second', '2']);
  });

  test('one field that is repeated by its index a hundred thousand times takes no room', () => {
    const decoder = aDecoder();
    decode(decoder, added('n', 'v'.repeat(120)));
    const result = decode(decoder, Buffer.alloc(100_000, 0xbe), 16_384, 100_000);
    expect(result.isTooLarge).toBe(true);
    expect(result.fields).toHaveLength(2 * Math.floor(16_384 / 153));
  });
});

test('of the fields that are never to be indexed no more are named than are allowed', () => {
  const marked = Buffer.alloc(30_000, Buffer.from([0x11, 1, 0x61]));
  const { neverIndexed, isTooLarge } = decode(aDecoder(), marked, 65_536, 20);
  expect(isTooLarge).toBe(true);
  expect(neverIndexed).toEqual(Array(20).fill(':authority'));
});

describe('a malformed block is refused:', () => {
  test.each([
    { name: 'index 0', block: '80' },
    { name: 'an index behind the static table, which is empty there', block: 'be' },
    { name: 'an index far behind', block: 'ffffff7f' },
    { name: 'a name behind the static table', block: '7e00' },
    { name: 'a number that ends with the block', block: 'ff' },
    { name: 'a number that goes on behind the block', block: 'ff8080' },
    { name: 'a number of five more bytes', block: 'ff8080808000' },
    { name: 'a number that would be too large', block: 'ffffffffff0f' },
    { name: 'no text of a name', block: '40' },
    { name: 'no text of a value', block: '4001 61' },
    { name: 'a name that is cut off', block: '4003 6161' },
    { name: 'a value that is cut off', block: '4001 6102 61' },
    { name: 'a length without end', block: '4001 617f ffff ff' },
    { name: 'wrong Huffman coding', block: '4001 6181 18' },
    { name: 'a table size behind a field', block: '82 20' },
    { name: 'a table size larger than announced', block: '3fe2 1f' },
    { name: 'a table size that is cut off', block: '3f' },
  ])('$name', ({ block }) => {
    const bytes = hex(block);
    // What stands behind the block is not its part.
    const around = Buffer.concat([bytes, Buffer.alloc(64, 0x01)]);
    expect(() => aDecoder().decode(around, 0, bytes.length, [], 65_536, 100)).toThrow(HpackError);
  });

  test('the largest table size that was announced is none', () => {
    expect(decode(aDecoder(), hex('3fe1 1f')).fields).toEqual([]);
  });
});

describe('whatever comes', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
    fc.integer({ min: 0x80, max: 0xc8 }).map((byte) => Buffer.of(byte)),
    fc.integer({ min: 0x20, max: 0x3f }).map((byte) => Buffer.of(byte)),
    fc
      .tuple(fc.constantFrom('a', 'name', 'x'.repeat(90)), fc.string({ maxLength: 90 }))
      .map(([name, value]) => added(name, value)),
    fc
      .string({ maxLength: 60, unit: 'binary-ascii' })
      .map((value) => Buffer.concat([Buffer.of(0x04), huffmanText(value)])),
  );

  test('a decoder gives fields within the limits, or throws HpackError', () => {
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 30 }), { maxLength: 6 }), (blocks) => {
        const decoder = aDecoder();
        for (const pieces of blocks) {
          try {
            const { fields, isTooLarge } = decode(decoder, Buffer.concat(pieces), 1000, 20);
            const size = fields.reduce((sum, field) => sum + field.length, 16 * fields.length);
            expect(size).toBeLessThanOrEqual(1000);
            expect(fields.length).toBeLessThanOrEqual(40);
            expect(typeof isTooLarge).toBe('boolean');
          } catch (error) {
            expect(error).toBeInstanceOf(HpackError);
            return;
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    { name: 'table sizes', bytes: [0x20] },
    { name: 'fields by index', bytes: [0x82] },
    { name: 'fields that enter the table and push others out', bytes: [0x41, 1, 0x61] },
    { name: 'fields that are never indexed', bytes: [0x10, 1, 0x61, 0] },
    { name: 'long Huffman codes', bytes: [0x04, 0x84, 0xff, 0xff, 0xff, 0xf3] },
  ])('256 KiB of $name take no more than linear time', ({ bytes }) => {
    const unit = Buffer.from(bytes);
    const took = (size: number): number => {
      const block = Buffer.alloc(size - (size % unit.length), unit);
      const decoder = aDecoder();
      const start = process.threadCpuUsage();
      decode(decoder, block, 16_384, 100);
      const { user, system } = process.threadCpuUsage(start);
      return (user + system) / 1000;
    };
    // Some 20 ms; what grew with its square would take minutes.
    expect(took(262_144)).toBeLessThan(1000);
  });
});
