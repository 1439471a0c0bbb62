import type { BodySink } from './body-sink.ts';
import { isTokenCode } from './header-lines.ts';

const SIZE = 0;
const EXTENSION_START = 1;
const EXTENSION_NAME = 2;
const EXTENSION_VALUE_START = 3;
const EXTENSION_VALUE = 4;
const EXTENSION_QUOTED = 5;
const EXTENSION_ESCAPED = 6;
const EXTENSION_QUOTED_END = 7;
const SIZE_LF = 8;
const DATA = 9;
const DATA_CR = 10;
const DATA_LF = 11;
const TRAILER_START = 12;
const TRAILER_NAME = 13;
const TRAILER = 14;
const TRAILER_LF = 15;
const END_LF = 16;
const DONE = 17;
const FAILED = 18;

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
      case EXTENSION_START:
        return this.#skip(isTokenCode(byte), EXTENSION_NAME);
      case EXTENSION_NAME:
        if (byte === 61 /* = */) return EXTENSION_VALUE_START;
        return this.#extensionByte(byte, EXTENSION_NAME);
      case EXTENSION_VALUE_START:
        if (byte === 34 /* " */) return EXTENSION_QUOTED;
        return this.#skip(isTokenCode(byte), EXTENSION_VALUE);
      case EXTENSION_VALUE:
        return this.#extensionByte(byte, EXTENSION_VALUE);
      case EXTENSION_QUOTED:
        if (byte === 34) return EXTENSION_QUOTED_END;
        return this.#skip(!isControl(byte), byte === 92 ? EXTENSION_ESCAPED : EXTENSION_QUOTED);
      case EXTENSION_ESCAPED:
        return this.#skip(!isControl(byte), EXTENSION_QUOTED);
      case EXTENSION_QUOTED_END:
        return this.#extensionByte(byte, FAILED);
      case SIZE_LF:
        if (byte !== 10) return FAILED;
        this.#digits = 0;
        return this.#remaining === 0 ? TRAILER_START : DATA;
      case DATA_CR:
        return byte === 13 ? DATA_LF : FAILED;
      case DATA_LF:
        return byte === 10 ? SIZE : FAILED;
      case TRAILER_START:
        return byte === 13 ? END_LF : this.#skip(isTokenCode(byte), TRAILER_NAME);
      case TRAILER_NAME:
        if (byte === 58 /* : */) return TRAILER;
        return this.#skip(isTokenCode(byte), TRAILER_NAME);
      case TRAILER:
        return this.#skip(!isControl(byte) || byte === 13, byte === 13 ? TRAILER_LF : TRAILER);
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
    return byte === 59 /* ; */ ? EXTENSION_START : FAILED;
  }

  #extensionByte(byte: number, state: number): number {
    if (byte === 13) return SIZE_LF;
    if (byte === 59 /* ; */) return this.#skip(true, EXTENSION_START);
    return this.#skip(isTokenCode(byte), state);
  }

  /** The next state for a byte that is left out. */
  #skip(isValid: boolean, state: number): number {
    return isValid && ++this.#skipped <= MAX_SKIPPED_BYTES ? state : FAILED;
  }
}

const isControl = (byte: number): boolean => (byte < 32 ? byte !== 9 : byte === 127);

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
