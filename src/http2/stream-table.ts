import { ConnectionError, PROTOCOL_ERROR } from './error-codes.ts';
import { MAX_STREAM_ID } from './frames.ts';
import type { Http2Stream } from './http2-stream.ts';

/** Closed streams that are remembered, of each kind. Frames for one that was reset come for about a round trip. */
const REMEMBERED = 256;
/** Beside DATA with content: a head, an end without content, trailers, RST_STREAM. */
const LATE_FRAMES = 4;

/** What may have been on its way when we reset a stream. */
interface Late {
  /** What was left of its window. */
  dataBytes: number;
  frames: number;
}

/** The streams of a connection: those that are open, and how the last ones were closed (RFC 9113 §5.1). */
export class StreamTable {
  /** The last one that the peer has begun. */
  lastPeerId = 0;
  /** Streams behind the last that GOAWAY named are not known, and their frames no mistake of the peer. */
  ignoresNew = false;
  readonly #open = new Map<number, Http2Stream>();
  /** The next of ours, of a client: servers begin none. */
  #nextId: number;
  readonly #endedIds = new Uint32Array(REMEMBERED);
  #nextEnded = 0;
  /** Those that we have reset, oldest first. */
  readonly #late = new Map<number, Late>();

  constructor(isServer: boolean) {
    this.#nextId = isServer ? 2 : 1;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Ids are not used twice (RFC 9113 §5.1.1). */
  get hasIds(): boolean {
    return this.#nextId <= MAX_STREAM_ID;
  }

  takeId(): number {
    const id = this.#nextId;
    this.#nextId += 2;
    return id;
  }

  get(id: number): Http2Stream | undefined {
    return this.#open.get(id);
  }

  add(stream: Http2Stream): void {
    this.#open.set(stream.id, stream);
  }

  /** Those that are open; some may be closed meanwhile. */
  values(): IterableIterator<Http2Stream> {
    return this.#open.values();
  }

  /** @param byUs we have reset it: the peer may not know yet */
  close(stream: Http2Stream, byUs: boolean): void {
    stream.isClosed = true;
    stream.queue.clear();
    this.#open.delete(stream.id);
    if (byUs) {
      this.rememberReset(stream.id, stream.receiveWindow);
    } else {
      this.#endedIds[this.#nextEnded] = stream.id;
      this.#nextEnded = (this.#nextEnded + 1) % REMEMBERED;
    }
  }

  /** @param dataBytes that the peer may have sent before it hears of it */
  rememberReset(id: number, dataBytes: number): void {
    this.#late.set(id, { dataBytes, frames: LATE_FRAMES });
    if (this.#late.size <= REMEMBERED) return;
    for (const oldest of this.#late.keys()) {
      this.#late.delete(oldest);
      break;
    }
  }

  /** How one was closed; `reset`: by us. */
  endOf(id: number): 'reset' | 'ended' | 'unknown' {
    if (this.#late.has(id)) return 'reset';
    return this.#endedIds.includes(id) ? 'ended' : 'unknown';
  }

  /**
   * Whether a frame was on its way when we reset its stream: the peer could not know (RFC 9113 §5.1).
   * @param dataBytes as flow control counts; 0 for what has no content
   */
  wasOnItsWay(id: number, dataBytes: number): boolean {
    const late = this.#late.get(id);
    if (late === undefined) return false;
    if (dataBytes === 0) return --late.frames >= 0;
    late.dataBytes -= dataBytes;
    return late.dataBytes >= 0;
  }

  /** @throws ConnectionError for a stream that neither side has begun */
  assertBegun(id: number): void {
    const isOurs = (id & 1) === (this.#nextId & 1);
    const isBegun = isOurs ? id < this.#nextId : id <= this.lastPeerId || this.ignoresNew;
    if (id === 0 || !isBegun) {
      throw new ConnectionError(PROTOCOL_ERROR, 'a frame for a stream that was not begun');
    }
  }
}
