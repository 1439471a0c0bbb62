import { ConnectionError, FRAME_SIZE_ERROR, PROTOCOL_ERROR } from './error-codes.ts';
import { DATA, FRAME_HEAD_BYTES, MAX_FRAME_BYTES, PADDED } from './frames.ts';

/** Gets the frames of a connection. */
export interface FrameSink {
  /** False: nothing more is wanted, for now or for ever. */
  readonly takesMore: boolean;
  /**
   * `dataPiece`s and `dataEnd` follow.
   * @param payloadLength with padding, as flow control counts
   * @param dataLength without
   */
  dataBegin(flags: number, streamId: number, payloadLength: number, dataLength: number): void;
  /** Of the frame that was begun, as it comes in. May be kept by slicing. */
  dataPiece(chunk: Buffer, start: number, end: number): void;
  dataEnd(): void;
  /** Any other frame, whole. The bytes are valid during the call only. */
  frame(
    type: number,
    flags: number,
    streamId: number,
    payload: Buffer,
    start: number,
    end: number,
  ): void;
}

/**
 * Cuts the bytes of a connection into frames, however they are cut by the network. DATA goes on as it
 * comes; of all else at most one frame is kept until it is whole.
 */
export class FrameReader {
  readonly #sink: FrameSink;
  /** The beginning of something that cannot be read yet. */
  #rest: Buffer | undefined;
  #restLength = 0;
  #dataLeft = 0;
  #paddingLeft = 0;
  #isInData = false;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /**
   * Returns how many bytes were read: all, unless the sink takes no more. Those that were not are to be
   * pushed again.
   * @throws ConnectionError for what is no frame, and what the sink throws
   */
  push(chunk: Buffer): number {
    let offset = 0;
    if (this.#rest !== undefined) {
      offset = this.#complete(this.#rest, chunk);
      if (offset < 0) return chunk.length;
    }
    while (this.#sink.takesMore) {
      if (this.#isInData) {
        offset = this.#data(chunk, offset);
        if (this.#isInData) return chunk.length;
      }
      const next = this.#frame(chunk, offset, chunk.length);
      if (next < 0) {
        this.#keep(chunk, offset);
        return chunk.length;
      }
      offset = next;
    }
    return offset;
  }

  /** Reads the frame at `start`, of DATA what stands before the data. Returns the offset behind it; -1: not all of it is there. */
  #frame(bytes: Buffer, start: number, end: number): number {
    const head = start + FRAME_HEAD_BYTES;
    if (head > end) return -1;
    const length = (bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]!;
    if (length > MAX_FRAME_BYTES) {
      throw new ConnectionError(FRAME_SIZE_ERROR, 'a frame is larger than allowed');
    }
    const type = bytes[start + 3]!;
    const flags = bytes[start + 4]!;
    // The first bit is reserved and ignored.
    const streamId =
      ((bytes[start + 5]! & 0x7f) << 24) |
      (bytes[start + 6]! << 16) |
      (bytes[start + 7]! << 8) |
      bytes[start + 8]!;
    if (type === DATA) return this.#beginData(bytes, head, end, flags, streamId, length);
    if (head + length > end) return -1;
    this.#sink.frame(type, flags, streamId, bytes, head, head + length);
    return head + length;
  }

  #beginData(
    bytes: Buffer,
    head: number,
    end: number,
    flags: number,
    streamId: number,
    length: number,
  ): number {
    let offset = head;
    let padding = 0;
    if ((flags & PADDED) !== 0) {
      if (length === 0) throw new ConnectionError(FRAME_SIZE_ERROR, 'padding without its length');
      if (head === end) return -1;
      padding = bytes[head]!;
      offset++;
      if (padding >= length) throw new ConnectionError(PROTOCOL_ERROR, 'more padding than frame');
    }
    this.#isInData = true;
    this.#paddingLeft = padding;
    this.#dataLeft = length - padding - (offset - head);
    this.#sink.dataBegin(flags, streamId, length, this.#dataLeft);
    return offset;
  }

  /** Passes on data of the frame that was begun; returns the offset behind what there is of it. */
  #data(chunk: Buffer, start: number): number {
    let offset = start;
    const size = Math.min(this.#dataLeft, chunk.length - offset);
    if (size > 0) {
      this.#dataLeft -= size;
      offset += size;
      this.#sink.dataPiece(chunk, offset - size, offset);
    }
    if (this.#dataLeft > 0) return offset;
    const skipped = Math.min(this.#paddingLeft, chunk.length - offset);
    this.#paddingLeft -= skipped;
    if (this.#paddingLeft === 0) {
      this.#isInData = false;
      this.#sink.dataEnd();
    }
    return offset + skipped;
  }

  #keep(chunk: Buffer, start: number): void {
    const length = chunk.length - start;
    if (length === 0) return;
    // As large as the frame will be, so that one that dribbles in is copied once.
    this.#rest = Buffer.allocUnsafe(Math.max(bytesNeeded(chunk, start, chunk.length), length));
    this.#restLength = chunk.copy(this.#rest, 0, start);
  }

  /** Adds to what is kept until it can be read; returns how much of the chunk that took, or -1. */
  #complete(kept: Buffer, chunk: Buffer): number {
    let rest = kept;
    let offset = 0;
    for (;;) {
      const needed = bytesNeeded(rest, 0, this.#restLength);
      if (rest.length < needed) {
        const larger = Buffer.allocUnsafe(needed);
        rest.copy(larger, 0, 0, this.#restLength);
        rest = larger;
        this.#rest = rest;
      }
      const taken = chunk.copy(rest, this.#restLength, offset, offset + needed - this.#restLength);
      this.#restLength += taken;
      offset += taken;
      if (this.#restLength < needed) return -1;
      if (this.#frame(rest, 0, needed) >= 0) {
        this.#rest = undefined;
        return offset;
      }
    }
  }
}

/** How many bytes from `start` have to be there until more can be read than is known now. */
function bytesNeeded(bytes: Buffer, start: number, end: number): number {
  if (end - start < FRAME_HEAD_BYTES) return FRAME_HEAD_BYTES;
  if (bytes[start + 3] === DATA) return FRAME_HEAD_BYTES + 1;
  const length = (bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]!;
  return FRAME_HEAD_BYTES + Math.min(length, MAX_FRAME_BYTES);
}
