/** A prime, so that a piece that is lost, sent twice or out of order is seen. */
const PERIOD = 65_521;

const pattern = Buffer.alloc(PERIOD);
for (let i = 0; i < PERIOD; i++) pattern[i] = (i * 31 + (i >> 8)) & 255;
/** Long enough for a piece from anywhere in a period. */
const PIECE_BYTES = 64 * 1024;
const repeated = Buffer.concat([pattern, pattern, pattern]);

/** The pieces of a body of so many bytes. */
export function* bodyPieces(bytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes; at += PIECE_BYTES) {
    const from = at % PERIOD;
    yield repeated.subarray(from, from + Math.min(PIECE_BYTES, bytes - at));
  }
}

/** Checks such a body as it comes. */
export class BodyCheck {
  bytes = 0;
  isIntact = true;

  take(piece: Buffer): void {
    for (let done = 0; done < piece.length; ) {
      const from = this.bytes % PERIOD;
      const length = Math.min(piece.length - done, repeated.length - from);
      const isSame = repeated.compare(piece, done, done + length, from, from + length) === 0;
      this.isIntact &&= isSame;
      this.bytes += length;
      done += length;
    }
  }
}
