import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import { DATA, PADDED } from './frames.ts';
import { frame } from './sample-frames.ts';

/** What was read, data joined. */
class Seen implements FrameSink {
  /** Frames that it takes. */
  limit = Number.POSITIVE_INFINITY;
  readonly frames: { type: number; flags: number; streamId: number; text: string }[] = [];

  get takesMore(): boolean {
    return this.frames.length < this.limit;
  }

  dataBegin(flags: number, streamId: number): void {
    this.frames.push({ type: DATA, flags, streamId, text: '' });
  }

  dataPiece(chunk: Buffer, start: number, end: number): void {
    this.frames.at(-1)!.text += chunk.toString('latin1', start, end);
  }

  dataEnd(): void {
    this.frames.at(-1)!.text += '.';
  }

  frame(
    type: number,
    flags: number,
    streamId: number,
    payload: Buffer,
    start: number,
    end: number,
  ): void {
    this.frames.push({ type, flags, streamId, text: payload.toString('latin1', start, end) });
  }
}

const read = (bytes: Buffer, sizes: readonly number[]): Seen => {
  const seen = new Seen();
  const reader = new FrameReader(seen);
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = at + (sizes[i % sizes.length] ?? bytes.length);
    reader.push(bytes.subarray(at, end));
    at = end;
  }
  return seen;
};

const anyFrame = fc.record({
  type: fc.integer({ min: 0, max: 12 }),
  flags: fc.constantFrom(0, 1, 4, 5),
  streamId: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  text: fc.string({ unit: 'binary-ascii', maxLength: 300 }),
});

describe('FrameReader', () => {
  test('reads the same frames, however the bytes are cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), sizes, (frames, cuts) => {
        const bytes = Buffer.concat(
          frames.map(({ type, flags, streamId, text }) =>
            frame(type, flags, streamId, Buffer.from(text, 'latin1')),
          ),
        );
        const expected = frames.map((one) =>
          one.type === DATA ? { ...one, text: `${one.text}.` } : one,
        );
        expect(read(bytes, cuts).frames).toEqual(expected);
      }),
    );
  });

  test.each([1, 3, 100])('leaves padding out of data, %i bytes at a time', (size) => {
    const padded = frame(DATA, PADDED, 1, Buffer.from('\x03data\0\0\0', 'latin1'));
    const onlyPadding = frame(DATA, PADDED, 3, Buffer.of(2, 0, 0));
    const texts = read(Buffer.concat([padded, onlyPadding, padded]), [size]).frames;
    expect(texts.map(({ text }) => text)).toEqual(['data.', '.', 'data.']);
  });

  test('passes data on before its frame is whole', () => {
    const bytes = frame(DATA, 0, 1, Buffer.from('hello'));
    expect(read(bytes.subarray(0, 11), [100]).frames).toMatchObject([{ text: 'he' }]);
  });

  test('stops when nothing more is wanted, and goes on where it stopped', () => {
    const seen = new Seen();
    seen.limit = 1;
    const [first, rest] = ['one', 'two'].map((text) => frame(6, 0, 0, Buffer.from(text)));
    const reader = new FrameReader(seen);
    // The first has begun in a piece before.
    reader.push(first!.subarray(0, 5));
    const piece = Buffer.concat([first!.subarray(5), rest!]);
    const size = reader.push(piece);
    expect(seen.frames.map(({ text }) => text)).toEqual(['one']);
    seen.limit = 2;
    expect(reader.push(piece.subarray(size))).toBe(rest!.length);
    expect(seen.frames.map(({ text }) => text)).toEqual(['one', 'two']);
  });
});
