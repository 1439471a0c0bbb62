import { INTERNAL_ERROR } from './error-codes.ts';
import { SendQueue } from './send-queue.ts';

/**
 * How a stream came to its end. `complete`: both sides have said all. `reset`: by the peer. `refused`: by
 * the peer, which has done nothing with it (RFC 9113 §8.7). `violation`: by us, for what the peer did.
 * `lost`: with its connection.
 */
export type StreamEnd = 'complete' | 'reset' | 'refused' | 'violation' | 'lost';

/**
 * Hears of what comes on a stream. Header lists are name, value, name, value…, one character a byte. One
 * that throws ends its own stream, and no other.
 */
export interface StreamHandler {
  /** Of a response, interim ones included; the head of a request comes with its stream. */
  head(fields: string[], isEnded: boolean): void;
  /** Bytes of the body, which may be kept by slicing. What was taken of them is told by `Http2Stream.consume`. */
  data(chunk: Buffer, start: number, end: number): void;
  /** All has come. Not called when a head said so. */
  end(trailers: string[] | undefined): void;
  /** After `takesMore` was false: it is not any more. */
  writable(): void;
  /** The last that is heard. @param code of RST_STREAM or GOAWAY; 0 where there was none */
  closed(end: StreamEnd, code: number): void;
  /** It has thrown. The stream is reset behind this, unless all has been said on it by then. */
  failed(): void;
}

const NOBODY: StreamHandler = {
  head: () => {},
  data: () => {},
  end: () => {},
  writable: () => {},
  closed: () => {},
  failed: () => {},
};

/** What a stream asks of its session. */
export interface StreamCarrier {
  writeHead(
    stream: Http2Stream,
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    endStream: boolean,
  ): void;
  /** The stream has something to send. */
  sendSoon(stream: Http2Stream): void;
  /** How much data could leave at once. */
  sendableBytes(stream: Http2Stream): number;
  /** Whether the peer takes header lists as large as this one. */
  takesFields(fields: readonly string[]): boolean;
  grantWindow(stream: Http2Stream): void;
  /** Closes it when both sides have said all, or the peer need not. */
  closeIfDone(stream: Http2Stream): void;
  resetStream(stream: Http2Stream, code: number): void;
  /** The same, behind what can be sent at once. */
  cutStream(stream: Http2Stream, code: number): void;
  /** A handler has thrown. */
  defect(error: unknown): void;
}

/** A stream that is open. What is not for users of the library is marked as the session's. */
export class Http2Stream {
  readonly id: number;
  /** Who hears of it: at first nobody. */
  handler: StreamHandler = NOBODY;
  /** Names of fields of the head or trailers that came last which are never to be indexed (RFC 7541 §7.1.3). */
  neverIndexed: readonly string[] | undefined = undefined;
  readonly #carrier: StreamCarrier;

  // --- the session's ------------------------------------------------------------------------

  isClosed = false;
  /** The peer has said all. */
  isRemoteEnded = false;
  /** We have said all, of which some may still wait. */
  isLocalEnded = false;
  /** That has left, too. */
  isEndSent = false;
  /** The final head of the response has come. */
  hasHead = false;
  /** The response has no body, whatever its `content-length` says. */
  isHeadRequest = false;
  /** What may still be sent. */
  sendWindow: number;
  /** What may still come, and what of that which came was taken since the window was last opened. */
  receiveWindow: number;
  consumedBytes = 0;
  /** How large the window is when all that came was taken. */
  windowBytes: number;
  /** Body by `content-length`, -1 when that is not said; and what came of it. */
  expectedBytes = -1;
  receivedBytes = 0;
  readonly queue = new SendQueue();
  trailers: readonly string[] | undefined = undefined;
  trailersNeverIndexed: readonly string[] | undefined = undefined;
  /** It is among those that have something to send. */
  isReady = false;
  isWaitingToWrite = false;
  /** Reset with this code as soon as all is sent; -1: no. */
  codeAfterEnd = -1;

  constructor(id: number, carrier: StreamCarrier, sendWindow: number, receiveWindow: number) {
    this.id = id;
    this.#carrier = carrier;
    this.sendWindow = sendWindow;
    this.receiveWindow = receiveWindow;
    this.windowBytes = receiveWindow;
  }

  tellHead(fields: string[], isEnded: boolean): void {
    try {
      this.handler.head(fields, isEnded);
    } catch (error) {
      this.handlerFailed(error);
    }
  }

  tellData(chunk: Buffer, start: number, end: number): void {
    try {
      this.handler.data(chunk, start, end);
    } catch (error) {
      this.handlerFailed(error);
    }
  }

  tellEnd(trailers: string[] | undefined): void {
    try {
      this.handler.end(trailers);
    } catch (error) {
      this.handlerFailed(error);
    }
  }

  tellWritable(): void {
    try {
      this.handler.writable();
    } catch (error) {
      this.handlerFailed(error);
    }
  }

  tellClosed(end: StreamEnd, code: number): void {
    try {
      this.handler.closed(end, code);
    } catch (error) {
      this.#carrier.defect(error);
    }
  }

  /** Whoever handles the stream has made a mistake, and may say so to the peer. */
  handlerFailed(error: unknown): void {
    this.#carrier.defect(error);
    try {
      this.handler.failed();
    } catch (another) {
      this.#carrier.defect(another);
      this.reset(INTERNAL_ERROR);
    }
    if (!this.isLocalEnded) this.reset(INTERNAL_ERROR);
  }

  // --- for everybody ------------------------------------------------------------------------

  /**
   * Whether the peer takes a head or trailers as large as these (RFC 9113 §6.5.2). That is its advice:
   * larger ones are sent all the same, and may be refused.
   */
  takesFields(fields: readonly string[]): boolean {
    return this.#carrier.takesFields(fields);
  }

  /** An interim response (servers). Parameters as those of `respond`. */
  inform(fields: readonly string[], neverIndexed?: readonly string[]): void {
    if (this.isClosed || this.isLocalEnded) return;
    // Nothing holds back whoever sends them. Most are hints; a client may be waiting for 100 alone.
    if (fields[1] !== '100' && this.#carrier.sendableBytes(this) < 0) return;
    this.#carrier.writeHead(this, fields, neverIndexed, false);
  }

  /**
   * The response's head (servers).
   * @param fields names in lower case, `:status` first
   * @param neverIndexed names of fields that nobody on the way may put into a table
   */
  respond(fields: readonly string[], endStream: boolean, neverIndexed?: readonly string[]): void {
    if (this.isClosed) return;
    this.isLocalEnded = endStream;
    this.#carrier.writeHead(this, fields, neverIndexed, endStream);
  }

  /** The bytes must not change afterwards. */
  write(chunk: Buffer, start: number, end: number): void {
    if (this.isClosed || this.isLocalEnded) return;
    this.queue.push(chunk, start, end);
    this.#carrier.sendSoon(this);
  }

  /** All is said. @param neverIndexed as that of `respond` */
  end(trailers?: readonly string[], neverIndexed?: readonly string[]): void {
    if (this.isClosed || this.isLocalEnded) return;
    this.isLocalEnded = true;
    this.trailers = trailers;
    this.trailersNeverIndexed = neverIndexed;
    this.#carrier.sendSoon(this);
  }

  /** Whether more should be written now. After false, `writable` is called when it should. */
  takesMore(): boolean {
    if (this.isClosed || this.queue.length <= this.#carrier.sendableBytes(this)) return true;
    this.isWaitingToWrite = true;
    this.#carrier.sendSoon(this);
    return false;
  }

  /** So many bytes of the body were taken: as many more may come. */
  consume(bytes: number): void {
    this.consumedBytes += bytes;
    if (!this.isRemoteEnded && !this.isClosed) this.#carrier.grantWindow(this);
  }

  /** Ends both directions at once; the handler hears nothing more. */
  reset(code: number): void {
    if (!this.isClosed) this.#carrier.resetStream(this, code);
  }

  /** Ends it like `reset`, but sends of what waits all that can be sent at once. */
  cut(code: number): void {
    if (!this.isClosed) this.#carrier.cutStream(this, code);
  }

  /** Tells the peer to stop sending as soon as all is said (RFC 9113 §8.1). The handler hears of completion then. */
  resetAfterEnd(code: number): void {
    if (this.isClosed) return;
    this.codeAfterEnd = code;
    this.#carrier.closeIfDone(this);
  }
}
