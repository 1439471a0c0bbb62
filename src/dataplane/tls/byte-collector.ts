const LEAST_BYTES = 2048;

/** Bytes that come in pieces, as one buffer. Grows by doubling, so that many small pieces cost no more than a large one. */
export class ByteCollector {
  #buffer: Buffer | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was collected; valid until the next `append`. */
  get bytes(): Buffer {
    return this.#buffer?.subarray(0, this.#length) ?? Buffer.alloc(0);
  }

  append(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (this.#buffer === undefined || this.#buffer.length < length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(LEAST_BYTES, 2 * this.#length, length));
      this.#buffer?.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    piece.copy(this.#buffer, this.#length);
    this.#length = length;
  }
}
