import {
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  FRAME_HEAD_BYTES,
  GOAWAY,
  HEADERS,
  MAX_FRAME_BYTES,
  PING,
  RST_STREAM,
  SETTINGS,
  WINDOW_UPDATE,
} from './frames.ts';
import { encodedBound, type HpackEncoder } from './hpack/hpack-encoder.ts';
import type { PieceTaker, SendQueue } from './send-queue.ts';
import { returnSlab, takeSlab } from './slabs.ts';
import type { Transport } from './transport.ts';

/** Pieces of data up to this size are copied beside the frames around them; larger ones are written as they are. */
const COPY_BYTES = 4096;

/** Writes frames one behind the other, so that what one turn of the event loop has to say leaves in one write. */
export class FrameWriter implements PieceTaker {
  /** Bytes that wait for `flush`. */
  pendingBytes = 0;
  /** Bytes of all frames so far that answer the peer's frames, or let it send more. */
  controlBytes = 0;
  #slab: Buffer | undefined;
  /** What is written of the slab and not flushed. */
  #start = 0;
  #end = 0;
  /** What comes before that. */
  #before: Buffer[] = [];

  /** All that waits goes to the transport. */
  flush(transport: Transport): void {
    if (this.pendingBytes === 0) return;
    this.pendingBytes = 0;
    const pieces = this.#before;
    if (this.#end > this.#start) pieces.push(this.#slab!.subarray(this.#start, this.#end));
    this.#before = [];
    if (transport.write(pieces)) {
      if (this.#slab !== undefined) returnSlab(this.#slab);
      this.#slab = undefined;
    }
    this.#start = this.#end;
  }

  /** A header block, cut into frames as it is large. @param fields names in lower case */
  headers(
    streamId: number,
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    endStream: boolean,
    encoder: HpackEncoder,
  ): void {
    const bound = encodedBound(fields);
    const slab = this.#reserve(bound + FRAME_HEAD_BYTES * Math.ceil((bound + 1) / MAX_FRAME_BYTES));
    const blockStart = this.#end + FRAME_HEAD_BYTES;
    const length = encoder.encode(fields, neverIndexed, slab, blockStart) - blockStart;
    const flags = endStream ? END_STREAM : 0;
    if (length <= MAX_FRAME_BYTES) {
      this.#frameHead(length, HEADERS, flags | END_HEADERS, streamId);
      this.#grow(length);
      return;
    }
    const frames = Math.ceil(length / MAX_FRAME_BYTES);
    // From the last on, since each moves to where the one behind it begins.
    for (let i = frames - 1; i > 0; i--) {
      const from = blockStart + i * MAX_FRAME_BYTES;
      const end = Math.min(from + MAX_FRAME_BYTES, blockStart + length);
      slab.copyWithin(from + i * FRAME_HEAD_BYTES, from, end);
    }
    for (let i = 0; i < frames; i++) {
      const size = Math.min(MAX_FRAME_BYTES, length - i * MAX_FRAME_BYTES);
      const isLast = i === frames - 1 ? END_HEADERS : 0;
      const type = i === 0 ? HEADERS : CONTINUATION;
      this.#frameHead(size, type, (i === 0 ? flags : 0) | isLast, streamId);
      this.#grow(size);
    }
  }

  /** @param length bytes to take from the queue, at most `MAX_FRAME_BYTES` */
  data(streamId: number, queue: SendQueue, length: number, endStream: boolean): void {
    this.#reserve(FRAME_HEAD_BYTES);
    this.#frameHead(length, DATA, endStream ? END_STREAM : 0, streamId);
    for (let left = length; left > 0; ) left -= queue.shift(left, this);
  }

  piece(chunk: Buffer, start: number, end: number): void {
    const size = end - start;
    if (size <= COPY_BYTES) {
      const slab = this.#reserve(size);
      chunk.copy(slab, this.#end, start, end);
      this.#grow(size);
      return;
    }
    this.#seal();
    this.#before.push(start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end));
    this.pendingBytes += size;
  }

  reset(streamId: number, code: number): void {
    this.#word(RST_STREAM, streamId, code);
  }

  windowUpdate(streamId: number, increment: number): void {
    this.#word(WINDOW_UPDATE, streamId, increment);
  }

  /** @param settings identifier, value, identifier, value… */
  settings(settings: readonly number[]): void {
    const length = (settings.length / 2) * 6;
    const slab = this.#reserve(FRAME_HEAD_BYTES + length);
    this.#frameHead(length, SETTINGS, 0, 0);
    for (let i = 0; i < settings.length; i += 2) {
      slab.writeUInt16BE(settings[i]!, this.#end);
      slab.writeUInt32BE(settings[i + 1]!, this.#end + 2);
      this.#grow(6);
    }
  }

  settingsAck(): void {
    this.#reserve(FRAME_HEAD_BYTES);
    this.#frameHead(0, SETTINGS, 1, 0);
    this.controlBytes += FRAME_HEAD_BYTES;
  }

  /** @param payload eight bytes from `start` */
  ping(payload: Buffer, start: number, isAck: boolean): void {
    const slab = this.#reserve(FRAME_HEAD_BYTES + 8);
    this.#frameHead(8, PING, isAck ? 1 : 0, 0);
    payload.copy(slab, this.#end, start, start + 8);
    this.#grow(8);
    this.controlBytes += FRAME_HEAD_BYTES + 8;
  }

  goaway(lastStreamId: number, code: number): void {
    const slab = this.#reserve(FRAME_HEAD_BYTES + 8);
    this.#frameHead(8, GOAWAY, 0, 0);
    slab.writeUInt32BE(lastStreamId, this.#end);
    slab.writeUInt32BE(code, this.#end + 4);
    this.#grow(8);
  }

  /** Bytes as they are. */
  bytes(bytes: Buffer): void {
    this.piece(bytes, 0, bytes.length);
  }

  /** A frame of four bytes. */
  #word(type: number, streamId: number, word: number): void {
    const slab = this.#reserve(FRAME_HEAD_BYTES + 4);
    this.#frameHead(4, type, 0, streamId);
    slab.writeUInt32BE(word, this.#end);
    this.#grow(4);
    this.controlBytes += FRAME_HEAD_BYTES + 4;
  }

  #frameHead(length: number, type: number, flags: number, streamId: number): void {
    const slab = this.#slab!;
    const at = this.#end;
    slab[at] = length >>> 16;
    slab[at + 1] = length >>> 8;
    slab[at + 2] = length;
    slab[at + 3] = type;
    slab[at + 4] = flags;
    slab[at + 5] = streamId >>> 24;
    slab[at + 6] = streamId >>> 16;
    slab[at + 7] = streamId >>> 8;
    slab[at + 8] = streamId;
    this.#grow(FRAME_HEAD_BYTES);
  }

  #grow(bytes: number): void {
    this.#end += bytes;
    this.pendingBytes += bytes;
  }

  /** Makes room in one piece from `#end` on. */
  #reserve(bytes: number): Buffer {
    const slab = this.#slab;
    if (slab !== undefined && slab.length - this.#end >= bytes) return slab;
    this.#seal();
    const next = takeSlab();
    this.#slab = next.length >= bytes ? next : Buffer.allocUnsafeSlow(bytes);
    if (this.#slab !== next) returnSlab(next);
    this.#start = 0;
    this.#end = 0;
    return this.#slab;
  }

  /** What was written of the slab so far becomes a piece. */
  #seal(): void {
    if (this.#end > this.#start) {
      this.#before.push(this.#slab!.subarray(this.#start, this.#end));
      this.#start = this.#end;
    }
  }
}
