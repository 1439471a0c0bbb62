import type { Socket } from 'node:net';

/** Pieces up to this size are joined to what waits before them; larger ones are written without a copy. */
const JOIN_BYTES = 4096;
const MAX_JOINED = 16_384;

/**
 * Collects what one event produces and hands it to the socket at once: a head and a short body leave
 * in one system call and one packet. Text is latin1, which is exact for bytes; a short latin1 string
 * is the cheapest thing that node can write, since it needs no buffer of its own.
 */
export class CoalescingWriter {
  readonly #socket: Socket;
  #text = '';
  /** Bytes written so far. */
  bytes = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  text(text: string): void {
    this.#text += text;
    this.bytes += text.length;
  }

  data(chunk: Buffer, start: number, end: number): void {
    const size = end - start;
    this.bytes += size;
    if (size <= JOIN_BYTES && this.#text.length < MAX_JOINED) {
      this.#text += chunk.toString('latin1', start, end);
      return;
    }
    const piece = start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end);
    if (this.#text === '') {
      this.#socket.write(piece);
      return;
    }
    this.#socket.cork();
    this.#socket.write(this.#text, 'latin1');
    this.#text = '';
    this.#socket.write(piece);
    this.#socket.uncork();
  }

  /** Writes what was collected; false when the peer is to be waited for (`drain`). */
  flush(): boolean {
    if (this.#text !== '') {
      const text = this.#text;
      this.#text = '';
      return this.#socket.write(text, 'latin1');
    }
    return !this.#socket.writableNeedDrain;
  }
}
