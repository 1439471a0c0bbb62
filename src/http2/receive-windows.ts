import { ConnectionError, FLOW_CONTROL_ERROR } from './error-codes.ts';
import type { FrameWriter } from './frame-writer.ts';
import { DEFAULT_WINDOW } from './frames.ts';
import type { Http2Stream } from './http2-stream.ts';
import type { SessionLimits } from './session-limits.ts';

/**
 * What the peer may send (RFC 9113 §5.2). The windows of the streams bound what consumers that are held
 * back have to keep; the connection's window is opened for whatever came, so that no stream holds up
 * another.
 *
 * A stream begins with a small window. That of one whose data is taken is enlarged, as long as there is
 * some left of what all streams together may have beyond their first: few that are fast get all they can
 * use, and many that stand still keep little.
 */
export class ReceiveWindows {
  /** The peer knows what we allow. */
  areSettingsAnswered = false;
  readonly #writer: FrameWriter;
  readonly #limits: SessionLimits;
  /** What the peer may still send on all streams. */
  #connection = DEFAULT_WINDOW;
  /** What is left to enlarge windows by. */
  #extraBytes: number;

  constructor(writer: FrameWriter, limits: SessionLimits) {
    this.#writer = writer;
    this.#limits = limits;
    this.#extraBytes = limits.extraWindowBytes;
  }

  /** Of a stream that is begun now. */
  get ofNewStream(): number {
    const { streamWindowBytes } = this.#limits;
    // RFC 9113 §6.5.3: until it has acknowledged ours, the peer may not know of less than the protocol's own.
    return this.areSettingsAnswered
      ? streamWindowBytes
      : Math.max(streamWindowBytes, DEFAULT_WINDOW);
  }

  /** @param open streams that were begun before the peer has said that it knows */
  settingsAnswered(open: Iterable<Http2Stream>): void {
    this.areSettingsAnswered = true;
    const { streamWindowBytes } = this.#limits;
    for (const stream of open) {
      stream.receiveWindow -= stream.windowBytes - streamWindowBytes;
      stream.windowBytes = streamWindowBytes;
      // What was taken may be little for the window that it had, and all of this one.
      if (!stream.isRemoteEnded) this.grant(stream);
    }
  }

  /** So much has come. @throws ConnectionError when it is more than was allowed */
  spend(bytes: number): void {
    this.#connection -= bytes;
    if (this.#connection < 0) {
      throw new ConnectionError(FLOW_CONTROL_ERROR, 'more data than the connection allows');
    }
  }

  /** Opens the connection's window again. Not for a peer that may still count with larger windows of streams. */
  reopen(): void {
    if (this.areSettingsAnswered && this.#connection < this.#limits.connectionWindowBytes / 2) {
      this.open();
    }
  }

  open(): void {
    const increment = this.#limits.connectionWindowBytes - this.#connection;
    if (increment <= 0) return;
    this.#writer.windowUpdate(0, increment);
    this.#connection += increment;
  }

  /** Opens a stream's window for what was taken. Returns whether the peer is to be told. */
  grant(stream: Http2Stream): boolean {
    const { windowBytes } = stream;
    // Half a window at a time: less would be frames for nothing, more would make the peer wait.
    if (stream.consumedBytes < windowBytes / 2) return false;
    const increment = stream.consumedBytes + this.#enlarge(stream);
    this.#writer.windowUpdate(stream.id, increment);
    stream.receiveWindow += increment;
    stream.consumedBytes = 0;
    return true;
  }

  /** Returns by how much. */
  #enlarge(stream: Http2Stream): number {
    if (!this.areSettingsAnswered) return 0;
    const more = Math.min(this.#limits.maxStreamWindowBytes - stream.windowBytes, this.#extraBytes);
    // The rest of a body that is about to end needs none.
    const left = stream.expectedBytes - stream.receivedBytes;
    if (more <= 0 || (stream.expectedBytes >= 0 && left <= stream.windowBytes)) return 0;
    stream.windowBytes += more;
    this.#extraBytes -= more;
    return more;
  }

  /** The stream is closed: what its window had beyond the first is there for others. */
  release(stream: Http2Stream): void {
    if (!this.areSettingsAnswered) return;
    this.#extraBytes += Math.max(stream.windowBytes - this.#limits.streamWindowBytes, 0);
  }
}
