import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HpackDecoder } from './hpack-decoder.ts';
import { encodedBound, HpackEncoder } from './hpack-encoder.ts';

/** An encoder with the decoder at the other end. */
class Pair {
  readonly encoder: HpackEncoder;
  readonly decoder: HpackDecoder;

  constructor(maxTableSize = 4096, announced = 4096) {
    this.encoder = new HpackEncoder({ maxTableSize });
    this.decoder = new HpackDecoder({ maxTableSize: announced });
  }

  /** @returns the block, after it was seen that the other end reads it as it was meant */
  send(fields: readonly string[], neverIndexed?: readonly string[]): Buffer {
    const offset = 3;
    const out = Buffer.alloc(offset + encodedBound(fields));
    const end = this.encoder.encode(fields, neverIndexed, out, offset);
    expect(end).toBeLessThanOrEqual(out.length);
    const read: string[] = [];
    this.#result = this.decoder.decode(out, offset, end, read, 1e9, 1e9);
    expect(read).toEqual(fields);
    return out.subarray(offset, end);
  }

  /** Names of the last block's fields that nobody is to index. */
  get neverIndexed(): readonly string[] {
    return this.#result?.neverIndexed ?? [];
  }

  #result: ReturnType<HpackDecoder['decode']> | undefined;
}

const hex = (block: Buffer): string => block.toString('hex');

describe('a field', () => {
  test.each([
    { name: 'of the static table', fields: [':method', 'GET'], block: '82' },
    { name: 'with its last value there', fields: [':status', '500'], block: '8e' },
    { name: 'with a name of the static table', fields: ['accept', 'a'], block: '530161' },
    { name: 'with an empty value', fields: ['accept', ''], block: '5300' },
    { name: 'with a new name', fields: ['x-a', 'b'], block: '4003782d610162' },
    { name: 'with a value that varies', fields: [':path', '/a'], block: '04022f61' },
    {
      name: 'with a name behind the shorter numbers',
      fields: ['date', 'now'],
      block: '0f12036e6f77',
    },
    { name: 'that is a short secret', fields: ['cookie', 'a=b'], block: '1f1103613d62' },
    {
      name: 'that is a long secret',
      fields: ['cookie', 'a=0123456789abcdefgh'],
      block: '0f1114613d303132333435363738396162636465666768',
    },
  ])('$name', ({ fields, block }) => {
    expect(hex(new Pair().send(fields))).toBe(block);
  });

  test('that was sent before takes a byte', () => {
    const pair = new Pair();
    const fields = [':authority', 'shop.example', 'x-tenant', 'a', 'user-agent', 'curl/8.5.0'];
    pair.send(fields);
    expect(pair.send(fields)).toHaveLength(3);
  });

  test('whose value varies gets a name in the table once, and no further entry', () => {
    const pair = new Pair();
    pair.send(['x-request-id', '1']);
    expect(hex(pair.send(['x-request-id', '2']))).toBe('0f2f0132');
    expect(hex(pair.send(['x-request-id', '3']))).toBe('0f2f0133');
  });

  test('that is a secret does not enter the table, however often it comes', () => {
    const pair = new Pair();
    const fields = ['authorization', 'Bearer 0123456789abcdefghij'];
    const first = pair.send(fields);
    expect(pair.send(fields)).toEqual(first);
    expect(pair.neverIndexed).toEqual([]);
  });

  test('that would fill more than half of the table is left out of it', () => {
    const pair = new Pair();
    pair.send(['x-small', 'a', 'x-large', 'v'.repeat(2048 - 32 - 7 + 1)]);
    expect(pair.send(['x-small', 'a'])).toHaveLength(1);
    pair.send(['x-large', 'v'.repeat(2048 - 32 - 7)]);
    expect(pair.send(['x-large', 'v'.repeat(2048 - 32 - 7)])).toHaveLength(1);
  });

  test('whose value never comes again is taken for one that varies', () => {
    const pair = new Pair();
    pair.send(['accept', 'text/html']);
    for (let i = 0; i < 1000; i++) pair.send(['x-nonce', `${'0'.repeat(30)}${i}`]);
    // Had all of them entered, it would be gone.
    expect(pair.send(['accept', 'text/html'])).toHaveLength(1);
    // Now and then one is tried, so that a value that has come to stay is found.
    let tries = 0;
    while (pair.send(['x-nonce', 'constant']).length > 1) tries++;
    expect(tries).toBeLessThanOrEqual(64);
  });
});

test('a name some of whose values come again stays a usual one', () => {
  const pair = new Pair();
  for (let i = 0; i < 100; i++) {
    pair.send(['user-agent', `client ${i}`]);
    expect(pair.send(['user-agent', `client ${i}`])).toHaveLength(1);
  }
});

describe('fields that nobody is to index', () => {
  test('are marked, whatever they are, and others are not', () => {
    const pair = new Pair();
    const fields = ['accept', 'a', 'x-token', 'secret', 'cookie', 'c='.repeat(20)];
    pair.send(fields, ['x-token', 'cookie', 'absent']);
    expect(pair.neverIndexed).toEqual(['x-token', 'cookie']);
  });

  test('are not taken from the table either', () => {
    const pair = new Pair();
    pair.send(['x-token', 'secret']);
    pair.send(['x-token', 'secret'], ['x-token']);
    expect(pair.neverIndexed).toEqual(['x-token']);
  });
});

describe('the size of the table', () => {
  test.each([
    { name: 'as it is', sizes: [4096], block: '82' },
    { name: 'none', sizes: [0], block: '2082' },
    { name: 'smaller', sizes: [100], block: '3f4582' },
    { name: 'smaller and larger again', sizes: [0, 4096], block: '203fe11f82' },
    { name: 'several times: the smallest, then the last', sizes: [50, 7, 60], block: '273f1d82' },
    { name: 'larger than our own bound', sizes: [65_536], block: '3fe13f82' },
  ])('what the peer allows: $name', ({ sizes, block }) => {
    const pair = new Pair(8192, 8192);
    for (const size of sizes) pair.encoder.setPeerMaxTableSize(size);
    expect(hex(pair.send([':method', 'GET']))).toBe(block);
    // It is said once.
    expect(hex(pair.send([':method', 'GET']))).toBe('82');
  });

  test('our own bound is told when it is smaller than what every connection begins with', () => {
    const pair = new Pair(100);
    expect(hex(pair.send([':method', 'GET']))).toBe('3f4582');
  });

  test('fields that do not fit any more are sent again', () => {
    const pair = new Pair();
    pair.send(['x-a', '1', 'x-b', '2']);
    pair.encoder.setPeerMaxTableSize(36);
    // x-a is gone, x-b is there.
    expect(hex(pair.send(['x-b', '2'])).slice(-2)).toBe('be');
    expect(hex(pair.send(['x-a', '1']))).toBe('0003782d610131');
  });
});

describe('whatever is sent', () => {
  const name = fc.oneof(
    fc.constantFrom(':status', ':path', 'cookie', 'accept', 'x-request-id', 'x-a', 'x-b', 'te'),
    fc.integer({ min: 0, max: 40 }).map((i) => `x-name-${i}`),
  );
  const value = fc.oneof(
    fc.constantFrom('', '200', '/', 'gzip, deflate', 'v'.repeat(300), 'w'.repeat(5000)),
    fc.integer({ min: 0, max: 9 }).map((i) => `value ${i}`),
    fc
      .array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 })
      .map((codes) => String.fromCharCode(...codes)),
  );
  const fields = fc.array(fc.tuple(name, value), { maxLength: 20 }).map((pairs) => pairs.flat());
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fields, fc.array(name, { maxLength: 2 })) },
    { weight: 1, arbitrary: fc.constantFrom(0, 33, 100, 300, 4096, 10_000, 2 ** 32 - 1) },
  );

  test('is read as it was meant, with every size of tables', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 64, 200, 1000, 4096, 16_384),
        fc.array(step, { maxLength: 25 }),
        (maxTableSize, steps) => {
          const pair = new Pair(maxTableSize, 2 ** 32 - 1);
          for (const what of steps) {
            if (typeof what === 'number') {
              pair.encoder.setPeerMaxTableSize(what);
            } else {
              const [sent, marked] = what;
              pair.send(sent, marked);
              const here = marked.filter((one) =>
                sent.some((text, i) => i % 2 === 0 && text === one),
              );
              expect(pair.neverIndexed).toEqual(expect.arrayContaining(here));
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('memory', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');

  /** Bytes that are kept after something was done so often. */
  const keptBy = (count: number, act: (i: number) => void): number => {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < count; i++) act(i);
    collectGarbage();
    return process.memoryUsage().heapUsed - before;
  };

  test('what is in the table keeps no head that it was cut from', () => {
    const encoder = new HpackEncoder({ maxTableSize: 65_536 });
    encoder.setPeerMaxTableSize(65_536);
    const out = Buffer.alloc(1000);
    const kept = keptBy(200, (i) => {
      const head = Buffer.alloc(100_000, 'h').toString('latin1') + i;
      encoder.encode([head.slice(-30), 'a', `x-${i}`, head.slice(-20)], undefined, out, 0);
    });
    expect(kept).toBeLessThan(2_000_000);
    // They are there, and so is the encoder.
    expect(encoder.encode(['x-199', 'b'], undefined, out, 0)).toBe(3);
  });

  test('names that are in no table any more are forgotten', () => {
    const encoder = new HpackEncoder({ maxTableSize: 4096 });
    const out = Buffer.alloc(1000);
    const kept = keptBy(50_000, (i) => encoder.encode([`x-name-${i}`, 'a'], undefined, out, 0));
    expect(kept).toBeLessThan(2_000_000);
    expect(encoder.encode(['x-name-49999', 'a'], undefined, out, 0)).toBe(1);
  });
});
