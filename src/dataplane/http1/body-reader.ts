import type { BodySink } from './body-sink.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { CHUNKED, UNTIL_CLOSE } from './framing.ts';

/**
 * Follows the framing of one body through the bytes of its connection. One reader serves a connection
 * for all its messages: `begin` starts the next.
 */
export class BodyReader {
  #remaining = 0;
  #decoder: ChunkedDecoder | undefined;
  #untilClose = false;

  /** @param length bytes, `CHUNKED` (-1) or `UNTIL_CLOSE` (-2) */
  begin(length: number): void {
    this.#remaining = Math.max(length, 0);
    this.#decoder = length === CHUNKED ? new ChunkedDecoder() : undefined;
    this.#untilClose = length === UNTIL_CLOSE;
  }

  get done(): boolean {
    if (this.#decoder !== undefined) return this.#decoder.done;
    return this.#remaining === 0 && !this.#untilClose;
  }

  /** Whether the end of the connection is a proper end of the body. */
  get endsWithConnection(): boolean {
    return this.#untilClose;
  }

  /** Passes on what belongs to the body from `start`; returns the offset behind it, or -1 when it is malformed. */
  push(chunk: Buffer, start: number, sink: BodySink): number {
    if (this.#decoder !== undefined) return this.#decoder.push(chunk, start, sink);
    const available = chunk.length - start;
    const size = this.#untilClose ? available : Math.min(available, this.#remaining);
    if (size > 0) {
      if (!this.#untilClose) this.#remaining -= size;
      sink.bodyData(chunk, start, start + size);
    }
    return start + size;
  }
}
