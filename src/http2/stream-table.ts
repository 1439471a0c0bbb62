import { ConnectionError, PROTOCOL_ERROR } from './error-codes.ts';
import { MAX_STREAM_ID } from './frames.ts';
import type { Http2Stream } from './http2-stream.ts';

/** Closed streams that are remembered. Frames for one that was reset come for about a round trip. */
const REMEMBERED = 256;

/** The streams of a connection: those that are open, and how the last ones were closed (RFC 9113 §5.1). */
export class StreamTable {
  /** The last one that the peer has begun. */
  lastPeerId = 0;
  /** Streams behind the last that GOAWAY named are not known, and their frames no mistake of the peer. */
  ignoresNew = false;
  readonly #open = new Map<number, Http2Stream>();
  /** The next of ours, of a client: servers begin none. */
  #nextId: number;
  readonly #closedIds = new Uint32Array(REMEMBERED);
  readonly #wereReset = new Uint8Array(REMEMBERED);
  #nextClosed = 0;

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
    this.remember(stream.id, byUs);
  }

  /** A stream that was over before it began. */
  remember(id: number, byUs: boolean): void {
    this.#closedIds[this.#nextClosed] = id;
    this.#wereReset[this.#nextClosed] = byUs ? 1 : 0;
    this.#nextClosed = (this.#nextClosed + 1) % REMEMBERED;
  }

  /** How one was closed; `reset`: by us. */
  endOf(id: number): 'reset' | 'ended' | 'unknown' {
    const at = this.#closedIds.indexOf(id);
    if (at < 0) return 'unknown';
    return this.#wereReset[at] === 1 ? 'reset' : 'ended';
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
