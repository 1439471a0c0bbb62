interface Piece {
  readonly chunk: Buffer;
  start: number;
  end: number;
}

/** Who gets what is taken out of a queue. */
export interface PieceTaker {
  piece(chunk: Buffer, start: number, end: number): void;
}

/** Pieces below this size are copied when they have to wait: each may keep alive a whole read of its socket. */
const SMALL_BYTES = 4096;
const BLOCK_BYTES = 16_384;

/** Pieces that have left are taken out of the list when they are so many, and at least half of it. */
const MIN_GONE = 64;

const GONE: Piece = { chunk: Buffer.alloc(0), start: 0, end: 0 };

/** The bytes of a stream that have not left yet, in order. */
export class SendQueue {
  #pieces: Piece[] = [];
  /** Where the first piece is: a list of a hundred thousand is not moved up for each that leaves. */
  #first = 0;
  /** Where those begin that have not been held yet. */
  #heldEnd = 0;
  /** Where small pieces are copied to, and how far it is used. */
  #block: Buffer | undefined;
  #blockEnd = 0;
  /** Bytes in it. */
  length = 0;

  push(chunk: Buffer, start: number, end: number): void {
    if (start === end) return;
    this.#pieces.push({ chunk, start, end });
    this.length += end - start;
  }

  /** Hands over at most `size` bytes of the first piece; returns how many. */
  shift(size: number, taker: PieceTaker): number {
    const piece = this.#pieces[this.#first]!;
    const { start } = piece;
    const end = Math.min(piece.end, start + size);
    if (end === piece.end) this.#dropFirst();
    else piece.start = end;
    this.length -= end - start;
    taker.piece(piece.chunk, start, end);
    return end - start;
  }

  /** What is there has to wait: it is kept in about as much memory as it has bytes. */
  hold(): void {
    const from = Math.max(this.#heldEnd, this.#first);
    if (from === this.#pieces.length) return;
    for (const piece of this.#pieces.splice(from)) {
      if (piece.end - piece.start >= SMALL_BYTES) this.#pieces.push(piece);
      else this.#copy(piece);
    }
    this.#heldEnd = this.#pieces.length;
  }

  #dropFirst(): void {
    this.#pieces[this.#first] = GONE;
    const gone = ++this.#first;
    if (gone < this.#pieces.length && (gone < MIN_GONE || 2 * gone < this.#pieces.length)) return;
    this.#pieces.splice(0, gone);
    this.#heldEnd = Math.max(this.#heldEnd - gone, 0);
    this.#first = 0;
  }

  #copy({ chunk, start, end }: Piece): void {
    const size = end - start;
    if (this.#block === undefined || this.#blockEnd + size > BLOCK_BYTES) {
      this.#block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
      this.#blockEnd = 0;
    }
    const at = this.#blockEnd;
    chunk.copy(this.#block, at, start, end);
    this.#blockEnd = at + size;
    const last = this.#pieces.at(-1);
    if (last?.chunk === this.#block && last.end === at) last.end = this.#blockEnd;
    else this.#pieces.push({ chunk: this.#block, start: at, end: this.#blockEnd });
  }

  clear(): void {
    this.#pieces = [];
    this.#first = 0;
    this.#heldEnd = 0;
    this.#block = undefined;
    this.length = 0;
  }
}
