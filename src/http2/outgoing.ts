import { FrameWriter } from './frame-writer.ts';
import { DEFAULT_WINDOW, MAX_FRAME_BYTES } from './frames.ts';
import type { HpackEncoder } from './hpack/hpack-encoder.ts';
import type { Http2Stream } from './http2-stream.ts';
import type { PeerAllowance } from './peer-allowance.ts';
import type { Transport } from './transport.ts';

/** Collected up to here, then written: more would only take memory. */
const MAX_PENDING_BYTES = 64 * 1024;
/** A stream takes so much although the peer's windows are closed: it leaves as soon as they open. */
const LOW_BYTES = 16 * 1024;

/** Whose frames they are. */
interface Sender {
  closeIfDone(stream: Http2Stream): void;
}

/**
 * What goes to the peer. Frames that are no DATA are written in the order in which they come up; bodies
 * wait in their streams, and leave in turn, a frame of each, as far as windows and the network allow.
 */
export class Outgoing {
  readonly writer = new FrameWriter();
  /** What may be sent on all streams together. */
  window = DEFAULT_WINDOW;
  readonly #transport: Transport;
  readonly #encoder: HpackEncoder;
  readonly #maxWaitingBytes: number;
  readonly #sender: Sender;
  readonly #allowance: PeerAllowance;
  /** Streams that have something to send, from `#first` on. */
  #ready: Http2Stream[] = [];
  #first = 0;
  #isPumping = false;

  constructor(
    transport: Transport,
    encoder: HpackEncoder,
    maxWaitingBytes: number,
    sender: Sender,
    allowance: PeerAllowance,
  ) {
    this.#transport = transport;
    this.#encoder = encoder;
    this.#maxWaitingBytes = maxWaitingBytes;
    this.#sender = sender;
    this.#allowance = allowance;
  }

  head(
    stream: Http2Stream,
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    endStream: boolean,
  ): void {
    this.writer.headers(stream.id, fields, neverIndexed, endStream, this.#encoder);
  }

  /** The stream's data, end or reset are sent with the next `flush`. */
  add(stream: Http2Stream): void {
    if (stream.isReady) return;
    stream.isReady = true;
    this.#ready.push(stream);
  }

  /** How much a stream may have waiting; below 0: not even a head is wanted now. */
  roomFor(stream: Http2Stream): number {
    if (this.isCongested) return -1;
    if (this.#transport.isBlocked) return LOW_BYTES;
    return Math.max(LOW_BYTES, Math.min(stream.sendWindow, this.window));
  }

  /** The peer does not take what is written for it. */
  get isCongested(): boolean {
    return this.writer.pendingBytes + this.#transport.waitingBytes > this.#maxWaitingBytes;
  }

  flush(): void {
    // A stream that hears that it may write more has its turn in the loop that runs.
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      this.#pump();
    } finally {
      this.#isPumping = false;
    }
    this.writer.flush(this.#transport);
  }

  /** Sends of one stream what can be sent at once. */
  flushStream(stream: Http2Stream): void {
    while (!stream.isClosed && !this.#transport.isBlocked && this.#send(stream)) {
      if (this.writer.pendingBytes >= MAX_PENDING_BYTES) this.writer.flush(this.#transport);
    }
  }

  #pump(): void {
    const ready = this.#ready;
    let stuck = 0;
    while (stuck < ready.length - this.#first && !this.#transport.isBlocked) {
      const stream = ready[this.#first++]!;
      if (stream.isClosed) continue;
      if (this.#send(stream)) {
        stuck = 0;
      } else if (this.window <= 0 && stream.sendWindow > 0) {
        // Waits for the connection, with its place among the others.
        stream.queue.hold();
        ready.push(stream);
        stuck++;
        continue;
      }
      if (stream.isClosed) continue;
      if (this.#hasMore(stream)) {
        ready.push(stream);
      } else {
        stream.isReady = false;
        stream.queue.hold();
      }
      if (stream.isWaitingToWrite && stream.queue.length <= this.roomFor(stream)) {
        stream.isWaitingToWrite = false;
        stream.tellWritable();
      }
      if (this.writer.pendingBytes >= MAX_PENDING_BYTES) this.writer.flush(this.#transport);
    }
    if (this.#first > 0) {
      ready.splice(0, this.#first);
      this.#first = 0;
    }
    // Nobody knows for how long: what waits may come in single bytes, each with a whole read of its socket.
    if (this.#transport.isBlocked) for (const { queue } of ready) queue.hold();
  }

  /** Whether there is something that could be sent now. */
  #hasMore(stream: Http2Stream): boolean {
    return stream.queue.length > 0 && stream.sendWindow > 0;
  }

  /** Sends one frame of data, and the end if it comes behind that; false when it may not. */
  #send(stream: Http2Stream): boolean {
    const { queue } = stream;
    const size = Math.min(queue.length, stream.sendWindow, this.window, MAX_FRAME_BYTES);
    const isLast = stream.isLocalEnded && !stream.isEndSent && queue.length === Math.max(size, 0);
    if (size <= 0 && !isLast) return false;
    const endsHere = isLast && stream.trailers === undefined;
    if (size > 0 || endsHere) {
      this.writer.data(stream.id, queue, Math.max(size, 0), endsHere);
      this.#allowance.dataSent();
      stream.sendWindow -= Math.max(size, 0);
      this.window -= Math.max(size, 0);
    }
    if (isLast) {
      if (stream.trailers !== undefined) {
        this.head(stream, stream.trailers, stream.trailersNeverIndexed, true);
      }
      stream.isEndSent = true;
      this.#sender.closeIfDone(stream);
    }
    return true;
  }
}
