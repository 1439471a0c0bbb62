import type { BodySink } from './body-sink.ts';

const SIZE = 0;
const EXTENSION = 1;
const SIZE_LF = 2;
const DATA = 3;
const DATA_CR = 4;
const DATA_LF = 5;
const TRAILER_START = 6;
const TRAILER = 7;
const TRAILER_LF = 8;
const END_LF = 9;
const DONE = 10;
const FAILED = 11;

/** Bytes of extensions and trailers of one body: they cost work and carry nothing. */
const MAX_SKIPPED_BYTES = 16 * 1024;
const MAX_SIZE_DIGITS = 13;

/**
 * Decodes `Transfer-Encoding: chunked` (RFC 9112 §7.1) from pieces that may be cut anywhere.
 * Strict: hex digits, then CR LF or an extension, CR LF behind the data. Extensions and trailers
 * are checked for their form, limited, and left out.
 */
export class ChunkedDecoder {
  #state = SIZE;
  #remaining = 0;
  #digits = 0;
  #skipped = 0;

  get done(): boolean {
    return this.#state === DONE;
  }

  get failed(): boolean {
    return this.#state === FAILED;
  }

  /** Decodes from `offset` on; returns the offset behind the last byte that belongs to the body, or -1 when malformed. */
  push(bytes: Buffer, offset: number, sink: BodySink): number {
    let i = offset;
    while (i < bytes.length && this.#state < DONE) {
      if (this.#state === DATA) {
        const size = Math.min(this.#remaining, bytes.length - i);
        sink.bodyData(bytes, i, i + size);
        i += size;
        this.#remaining -= size;
        if (this.#remaining === 0) this.#state = DATA_CR;
      } else {
        this.#state = this.#step(bytes[i]!);
        i++;
      }
    }
    return this.#state === FAILED ? -1 : i;
  }

  #step(byte: number): number {
    switch (this.#state) {
      case SIZE:
        return this.#sizeByte(byte);
      case EXTENSION:
        if (byte === 13) return SIZE_LF;
        return isControl(byte) || ++this.#skipped > MAX_SKIPPED_BYTES ? FAILED : EXTENSION;
      case SIZE_LF:
        if (byte !== 10) return FAILED;
        this.#digits = 0;
        return this.#remaining === 0 ? TRAILER_START : DATA;
      case DATA_CR:
        return byte === 13 ? DATA_LF : FAILED;
      case DATA_LF:
        return byte === 10 ? SIZE : FAILED;
      case TRAILER_START:
        if (byte === 13) return END_LF;
        return this.#trailerByte(byte);
      case TRAILER:
        if (byte === 13) return TRAILER_LF;
        return this.#trailerByte(byte);
      case TRAILER_LF:
        return byte === 10 ? TRAILER_START : FAILED;
      default:
        return byte === 10 ? DONE : FAILED;
    }
  }

  #sizeByte(byte: number): number {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      if (++this.#digits > MAX_SIZE_DIGITS) return FAILED;
      this.#remaining = this.#remaining * 16 + digit;
      return SIZE;
    }
    if (this.#digits === 0) return FAILED;
    if (byte === 13) return SIZE_LF;
    return byte === 59 /* ; */ ? EXTENSION : FAILED;
  }

  #trailerByte(byte: number): number {
    return isControl(byte) || ++this.#skipped > MAX_SKIPPED_BYTES ? FAILED : TRAILER;
  }
}

const isControl = (byte: number): boolean => (byte < 32 ? byte !== 9 : byte === 127);

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
