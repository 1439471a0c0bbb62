import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BodyReader } from './body-reader.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';

/** Decodes pieces one after the other; what is behind the body is the rest. */
const decode = (pieces: readonly string[]) => {
  const decoder = new ChunkedDecoder();
  let body = '';
  let rest = '';
  const sink = {
    bodyData: (chunk: Buffer, start: number, end: number) => {
      expect(end).toBeGreaterThan(start);
      body += chunk.toString('latin1', start, end);
    },
  };
  for (const piece of pieces) {
    if (decoder.failed) break;
    const chunk = Buffer.from(piece, 'latin1');
    const end = decoder.done ? 0 : decoder.push(chunk, 0, sink);
    if (end >= 0) rest += piece.slice(end);
  }
  return { body, rest, done: decoder.done, failed: decoder.failed };
};

const bytes = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 300 })
  .map((codes) => String.fromCharCode(...codes));

const encode = (chunks: readonly string[]): string =>
  `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`;

const cut = (text: string, places: readonly number[]): string[] => {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length];
  ends.sort((a, b) => a - b);
  return ends.map((end, i) => text.slice(i === 0 ? 0 : ends[i - 1], end));
};

describe('ChunkedDecoder', () => {
  test('gives back what was encoded, wherever it is cut, and nothing of what follows', () => {
    fc.assert(
      fc.property(
        fc.array(bytes, { maxLength: 5 }),
        bytes,
        fc.array(fc.nat(2000), { maxLength: 8 }),
        (chunks, behind, places) => {
          const filled = chunks.filter((chunk) => chunk !== '');
          expect(decode(cut(encode(filled) + behind, places))).toEqual({
            body: filled.join(''),
            rest: behind,
            done: true,
            failed: false,
          });
        },
      ),
    );
  });

  test('what it makes of bytes does not depend on where they are cut', () => {
    const piece = fc.constantFrom(
      '\r\n',
      '\r',
      '\n',
      '0',
      '3',
      'a',
      ';x',
      '="y"',
      'T: v',
      ':',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
        (text) => {
          const { rest: _whole, ...whole } = decode([text]);
          const { rest: _cut, ...cutUp } = decode([...text]);
          expect(cutUp).toEqual(whole);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    { name: 'the largest size', text: 'fffffffffffff\r\n', failed: false },
    { name: 'a size with one digit more', text: '10000000000000\r\n', failed: true },
    { name: 'the longest extension', text: `0;${'x'.repeat(16_384)}\r\n`, failed: false },
    { name: 'an extension with one byte more', text: `0;${'x'.repeat(16_385)}\r\n`, failed: true },
    { name: 'a quoted extension', text: '0;a="b;\\"c\r'.replace('\r', '"\r\n'), failed: false },
  ])('limits: $name', ({ text, failed }) => {
    expect(decode([text]).failed).toBe(failed);
  });
});

describe('BodyReader', () => {
  const read = (length: number, pieces: readonly string[]) => {
    const reader = new BodyReader();
    reader.begin(length);
    let body = '';
    let rest = '';
    for (const piece of pieces) {
      const end = reader.push(Buffer.from(piece, 'latin1'), 0, {
        bodyData: (chunk, start, to) => {
          body += chunk.toString('latin1', start, to);
        },
      });
      rest += piece.slice(end);
    }
    return { body, rest, done: reader.done, endsWithConnection: reader.endsWithConnection };
  };

  test.each([
    { name: 'no body', length: 0, pieces: ['x'], body: '', rest: 'x', done: true },
    {
      name: 'a length',
      length: 5,
      pieces: ['he', '', 'llo!'],
      body: 'hello',
      rest: '!',
      done: true,
    },
    { name: 'too little', length: 5, pieces: ['hel'], body: 'hel', rest: '', done: false },
    {
      name: 'chunks',
      length: -1,
      pieces: ['1\r\nx\r\n0\r', '\n\r\n!'],
      body: 'x',
      rest: '!',
      done: true,
    },
    { name: 'until the end', length: -2, pieces: ['a', 'b'], body: 'ab', rest: '', done: false },
  ])('$name', ({ length, pieces, body, rest, done }) => {
    const endsWithConnection = length === -2;
    expect(read(length, pieces)).toEqual({ body, rest, done, endsWithConnection });
  });

  test('serves one message after the other', () => {
    const reader = new BodyReader();
    const sink = { bodyData: () => {} };
    for (const [length, text] of [
      [3, 'abc'],
      [-1, '0\r\n\r\n'],
      [2, 'de'],
    ] as const) {
      reader.begin(length);
      expect(reader.done).toBe(false);
      expect(reader.push(Buffer.from(text), 0, sink)).toBe(text.length);
      expect(reader.done).toBe(true);
    }
  });
});
