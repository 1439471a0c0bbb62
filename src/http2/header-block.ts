import {
  ConnectionError,
  ENHANCE_YOUR_CALM,
  FRAME_SIZE_ERROR,
  PROTOCOL_ERROR,
} from './error-codes.ts';
import { END_HEADERS, END_STREAM, PADDED, WITH_PRIORITY } from './frames.ts';

/** As many as a block of the largest list has, with room; peers that cut blocks smaller than frames are none. */
const MAX_CONTINUATIONS = 16;

/** Joins a header block out of HEADERS and CONTINUATION frames (RFC 9113 §4.3). */
export class HeaderBlock {
  /** Of the block that is begun and not whole; 0: there is none. */
  streamId = 0;
  /** Whether the stream ends with it. */
  isEnded = false;
  /** The whole block, once `begin` or `add` has returned true. Valid until the next frame. */
  bytes: Buffer = EMPTY;
  start = 0;
  end = 0;
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #length = 0;

  /** @param maxBytes of a block that comes in several frames */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes the payload of a HEADERS frame. True: the block is whole. */
  begin(flags: number, streamId: number, payload: Buffer, from: number, to: number): boolean {
    let start = from;
    let end = to;
    if ((flags & PADDED) !== 0) {
      if (start === end) throw new ConnectionError(FRAME_SIZE_ERROR, 'padding without its length');
      end -= payload[start++]!;
    }
    // Deprecated and without meaning (RFC 9113 §5.3.2).
    if ((flags & WITH_PRIORITY) !== 0) start += 5;
    if (start > to) throw new ConnectionError(FRAME_SIZE_ERROR, 'HEADERS is too short');
    if (start > end) throw new ConnectionError(PROTOCOL_ERROR, 'more padding than frame');
    this.isEnded = (flags & END_STREAM) !== 0;
    this.streamId = streamId;
    if ((flags & END_HEADERS) !== 0) {
      this.bytes = payload;
      this.start = start;
      this.end = end;
      return true;
    }
    this.#keep(payload, start, end);
    return false;
  }

  /** Takes the payload of a CONTINUATION frame. True: the block is whole. */
  add(flags: number, payload: Buffer, start: number, end: number): boolean {
    if (this.#parts.length > MAX_CONTINUATIONS) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'a header block in too many frames');
    }
    this.#keep(payload, start, end);
    if ((flags & END_HEADERS) === 0) return false;
    this.bytes = Buffer.concat(this.#parts, this.#length);
    this.start = 0;
    this.end = this.#length;
    this.#parts = [];
    this.#length = 0;
    return true;
  }

  /** The block was read. */
  clear(): void {
    this.streamId = 0;
    this.bytes = EMPTY;
  }

  #keep(payload: Buffer, start: number, end: number): void {
    this.#length += end - start;
    if (this.#length > this.#maxBytes) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'a header block is too large');
    }
    this.#parts.push(Buffer.copyBytesFrom(payload, start, end - start));
  }
}

const EMPTY: Buffer = Buffer.alloc(0);
