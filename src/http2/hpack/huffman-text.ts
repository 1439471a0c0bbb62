import { HpackError } from './hpack-error.ts';
import {
  CODE_BITS,
  CODE_COUNT,
  CODES,
  END_OF_STRING,
  FIRST_CODE,
  FIRST_PLACE,
  MAX_CODE_BITS,
  SYMBOLS,
} from './huffman-code.ts';
import { readLatin1 } from './latin1.ts';

/** As many bits are looked up at once: room for two characters of most texts, in a table of 16 KiB. */
const WINDOW_BITS = 12;
const WINDOW_MASK = 2 ** WINDOW_BITS - 1;

/**
 * For all that the next bits can be: which symbols begin there, one or two, as (from the highest byte on)
 * how many symbols, how many bits they take, the second one, the first one. 0: a longer code.
 */
const WINDOWS = makeWindows();

function makeWindows(): Uint32Array {
  const windows = new Uint32Array(WINDOW_MASK + 1);
  const fill = (code: number, bits: number, symbols: number, count: number) => {
    const rest = WINDOW_BITS - bits;
    windows.fill((count << 24) | (bits << 16) | symbols, code << rest, (code + 1) << rest);
  };
  const short = SYMBOLS.filter((symbol) => CODE_BITS[symbol]! <= WINDOW_BITS);
  for (const first of short) {
    const bits = CODE_BITS[first]!;
    fill(CODES[first]!, bits, first, 1);
    for (const second of short) {
      const both = bits + CODE_BITS[second]!;
      // They are ordered by length.
      if (both > WINDOW_BITS) break;
      const code = (CODES[first]! << CODE_BITS[second]!) | CODES[second]!;
      fill(code, both, (second << 8) | first, 2);
    }
  }
  return windows;
}

/** Most texts fit in; used within one call. */
const SCRATCH_BYTES = 8192;
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
const MIN_CODE_BITS = 5;

/** @throws {HpackError} for codes that are none and for wrong padding (RFC 7541 §5.2) */
export function readHuffmanText(block: Buffer, start: number, end: number): string {
  // One more, since symbols are written by two.
  const room = Math.ceil(((end - start) * 8) / MIN_CODE_BITS) + 1;
  const out = room <= SCRATCH_BYTES ? scratch : Buffer.allocUnsafeSlow(room);
  return readLatin1(out, 0, decodeHuffman(block, start, end, out));
}

/** @returns how many bytes were written */
function decodeHuffman(block: Buffer, start: number, end: number, out: Buffer): number {
  let length = 0;
  let at = start;
  // What is not decoded yet of the bytes before `at`: the lowest `count` bits; those above mean nothing.
  let bits = 0;
  let count = 0;
  for (;;) {
    if (count < WINDOW_BITS) {
      if (end - at >= 2) {
        bits = (bits << 16) | (block[at]! << 8) | block[at + 1]!;
        at += 2;
        count += 16;
      } else if (at < end) {
        bits = (bits << 8) | block[at++]!;
        count += 8;
        continue;
      } else {
        break;
      }
    }
    const found = WINDOWS[(bits >>> (count - WINDOW_BITS)) & WINDOW_MASK]!;
    if (found === 0) {
      const position = 8 * at - count;
      const symbol = readLongCode(block, position, 8 * end);
      out[length++] = symbol;
      const next = position + CODE_BITS[symbol]!;
      at = (next + 7) >>> 3;
      count = 8 * at - next;
      bits = block[at - 1]!;
      continue;
    }
    out[length] = found;
    out[length + 1] = found >>> 8;
    length += found >>> 24;
    count -= (found >>> 16) & 0xff;
  }
  return decodeEnd(bits, count, out, length);
}

/**
 * The last bits, fewer than a window has. They are looked up with ones behind, which never become a
 * symbol by themselves: whatever takes some of them is neither a symbol nor padding.
 */
function decodeEnd(bits: number, count: number, out: Buffer, start: number): number {
  let length = start;
  let left = count;
  // Padding is at most 7 bits, all of them ones.
  while (left > 7 || (~bits & ((1 << left) - 1)) !== 0) {
    const missing = WINDOW_BITS - left;
    const found = WINDOWS[((bits << missing) | ((1 << missing) - 1)) & WINDOW_MASK]!;
    left -= (found >>> 16) & 0xff;
    if (found === 0 || left < 0)
      throw new HpackError('a Huffman code is cut off or wrongly padded');
    out[length] = found;
    out[length + 1] = found >>> 8;
    length += found >>> 24;
  }
  return length;
}

/** Bit by bit, for what HTTP hardly ever has: control characters and what is not ASCII. */
function readLongCode(block: Buffer, start: number, end: number): number {
  let code = 0;
  const last = Math.min(end, start + MAX_CODE_BITS);
  for (let position = start; position < last; position++) {
    code = (code << 1) | ((block[position >>> 3]! >>> (7 - (position & 7))) & 1);
    const bits = position - start + 1;
    const rank = code - FIRST_CODE[bits]!;
    if (rank < 0 || rank >= CODE_COUNT[bits]!) continue;
    const symbol = SYMBOLS[FIRST_PLACE[bits]! + rank]!;
    if (symbol === END_OF_STRING) break;
    return symbol;
  }
  throw new HpackError('a Huffman code is cut off or stands for the end');
}
