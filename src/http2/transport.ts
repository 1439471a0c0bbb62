/** Where the bytes of a session go, and how the peer is held back. */
export interface Transport {
  /** The peer does not read as fast as is written: no more data, until the session is told (`drained`). */
  readonly isBlocked: boolean;
  /** Bytes that were written and have not left. */
  readonly waitingBytes: number;
  /** Writes the pieces at once. True: they have left already, and their memory may be used again. */
  write(pieces: readonly Buffer[]): boolean;
  /** No more bytes from the peer for now. */
  pause(): void;
  resume(): void;
  /** Closes behind what was written. */
  end(): void;
}
