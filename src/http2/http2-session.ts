import { Budget } from './budget.ts';
import { ClosedStreams } from './closed-streams.ts';
import {
  COMPRESSION_ERROR,
  ConnectionError,
  ENHANCE_YOUR_CALM,
  FLOW_CONTROL_ERROR,
  FRAME_SIZE_ERROR,
  INTERNAL_ERROR,
  NO_ERROR,
  PROTOCOL_ERROR,
  REFUSED_STREAM,
  SETTINGS_TIMEOUT,
  STREAM_CLOSED,
} from './error-codes.ts';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import {
  ACK,
  CONTINUATION,
  DEFAULT_WINDOW,
  ENABLE_PUSH,
  END_STREAM,
  GOAWAY,
  HEADER_TABLE_SIZE,
  HEADERS,
  INITIAL_WINDOW_SIZE,
  MAX_CONCURRENT_STREAMS,
  MAX_FRAME_BYTES,
  MAX_FRAME_SIZE,
  MAX_HEADER_LIST_SIZE,
  MAX_STREAM_ID,
  MAX_WINDOW,
  PING,
  PREFACE,
  PRIORITY,
  PUSH_PROMISE,
  RST_STREAM,
  SETTINGS,
  WINDOW_UPDATE,
} from './frames.ts';
import { HeaderBlock } from './header-block.ts';
import { HpackDecoder } from './hpack/hpack-decoder.ts';
import { HpackEncoder } from './hpack/hpack-encoder.ts';
import { HpackError } from './hpack/hpack-error.ts';
import { Http2Stream, type StreamCarrier, type StreamHandler } from './http2-stream.ts';
import { MalformedMessage, MessageRules } from './message-rules.ts';
import { Outgoing } from './outgoing.ts';
import type { SessionLimits } from './session-limits.ts';
import type { Transport } from './transport.ts';

/** Whose session it is. */
export interface SessionOwner {
  /** The peer has said what it allows, for the first time or anew. */
  settingsChanged(): void;
  /** The peer takes no new streams. */
  goingAway(): void;
  /** The last call, before the streams that are left are `lost`: nothing is read or written any more. */
  ending(end: SessionEnd): void;
}

/** Who takes a server's requests. */
export interface RequestReceiver {
  /**
   * Sets the stream's handler, unless the rest of it is of no interest.
   * @param fields pseudo-header fields first; well-formed (RFC 9113 §8)
   * @param isEnded nothing follows
   */
  request(stream: Http2Stream, fields: string[], isEnded: boolean): void;
  /** One was reset that is malformed or too large. @param fields as far as they were kept */
  requestRefused(fields: readonly string[], isTooLarge: boolean): void;
}

export interface SessionEnd {
  /** Of the GOAWAY that was sent. */
  readonly code: number;
  /** Why, where it is not the normal end. */
  readonly error: unknown;
}

export interface SessionOptions {
  readonly transport: Transport;
  readonly owner: SessionOwner;
  /** Of a server; a client has none. */
  readonly requests?: RequestReceiver;
  readonly limits: SessionLimits;
  /** Monotonic, ms; coarse is good enough. */
  readonly clock: () => number;
  /** Has `flush` called before the event loop waits for the next event. */
  readonly flushSoon: (session: Http2Session) => void;
}

const TABLE_BYTES = 4096;
const REFILL_RESETS_MS = 60_000;
const REFILL_FRAMES_MS = 10_000;
/** Frames that a peer may need to take what one HEADERS or DATA frame brings: windows of stream and connection, a PING. */
const FRAMES_FOR_CONTENT = 4;
/** Times that a peer may open windows for each DATA frame that it gets, before that counts as doing nothing. */
const UPDATES_FOR_DATA = 10;
/** PINGs of ours that wait for their answers. */
const MAX_PINGS = 8;

interface Ping {
  readonly number: number;
  readonly sentAt: number;
  readonly answered: () => void;
}

/**
 * One HTTP/2 connection (RFC 9113), of either side. It is given bytes (`receive`) and gives bytes to its
 * transport, once a turn of the event loop; it has no timers and knows no sockets.
 *
 * Received data is handed on at once. The windows of the streams bound what a consumer that is held back
 * has to keep; the connection's window is opened for whatever came, so that no stream holds up another.
 */
export class Http2Session implements StreamCarrier, FrameSink {
  /** Nothing is read or written any more. */
  isOver = false;
  /** Streams that the peer allows at a time; what is not said is not limited. */
  peerMaxStreams = Number.POSITIVE_INFINITY;
  /** The peer's first SETTINGS have come. */
  hasPeerSettings = false;
  /** When the peer last sent a PING, by the clock. */
  pingedAt = Number.NEGATIVE_INFINITY;
  /** The peer has said GOAWAY. */
  isPeerGoingAway = false;
  readonly #requests: RequestReceiver | undefined;
  readonly #isServer: boolean;
  readonly #transport: Transport;
  readonly #owner: SessionOwner;
  readonly #limits: SessionLimits;
  readonly #clock: () => number;
  readonly #flushSoon: (session: Http2Session) => void;
  readonly #reader = new FrameReader(this);
  readonly #decoder = new HpackDecoder({ maxTableSize: TABLE_BYTES });
  readonly #encoder = new HpackEncoder({ maxTableSize: TABLE_BYTES });
  readonly #outgoing: Outgoing;
  readonly #rules = new MessageRules();
  readonly #block: HeaderBlock;
  #blockBegunAt = 0;
  readonly #streams = new Map<number, Http2Stream>();
  readonly #closedStreams = new ClosedStreams();
  readonly #resets: Budget;
  readonly #controlFrames: Budget;
  readonly #startedAt: number;
  /** Bytes of the client's preface that have come. */
  #prefaceLength: number;
  #areSettingsAnswered = false;
  #peerWindow = DEFAULT_WINDOW;
  /** What the peer may still send on all streams. */
  #receiveWindow = DEFAULT_WINDOW;
  #nextStreamId: number;
  #lastPeerStreamId = 0;
  /** Whose data comes; undefined: nobody's. */
  #dataStream: Http2Stream | undefined;
  #dataFlags = 0;
  #heardAt = 0;
  #pings: Ping[] = [];
  #pingNumber = 0;
  /** `told`: the peer knows that the end is near, and we wait until it has heard that. `last`: nothing new is taken. */
  #shutdown: 'no' | 'told' | 'last' = 'no';
  #windowUpdates = 0;
  #isFlushAsked = false;
  #isReadingPaused = false;

  constructor(options: SessionOptions) {
    const { transport, limits, clock } = options;
    this.#requests = options.requests;
    this.#isServer = options.requests !== undefined;
    this.#transport = transport;
    this.#owner = options.owner;
    this.#limits = limits;
    this.#clock = clock;
    this.#flushSoon = options.flushSoon;
    this.#outgoing = new Outgoing(transport, this.#encoder, limits.maxWaitingBytes, this);
    // Compression may make a little more of a list that is just small enough.
    this.#block = new HeaderBlock(limits.maxHeaderListBytes + MAX_FRAME_BYTES);
    this.#startedAt = clock();
    this.#resets = new Budget(limits.maxStreamResets, REFILL_RESETS_MS, this.#startedAt);
    this.#controlFrames = new Budget(limits.maxControlFrames, REFILL_FRAMES_MS, this.#startedAt);
    this.#prefaceLength = this.#isServer ? 0 : PREFACE.length;
    this.#nextStreamId = this.#isServer ? 2 : 1;
    this.#begin();
  }

  #begin(): void {
    const { maxConcurrentStreams, maxHeaderListBytes, streamWindowBytes } = this.#limits;
    const { writer } = this.#outgoing;
    const settings = this.#isServer
      ? [MAX_CONCURRENT_STREAMS, maxConcurrentStreams]
      : [ENABLE_PUSH, 0];
    settings.push(MAX_HEADER_LIST_SIZE, maxHeaderListBytes, INITIAL_WINDOW_SIZE, streamWindowBytes);
    if (!this.#isServer) writer.bytes(PREFACE);
    writer.settings(settings);
    this.#openConnectionWindow();
    this.#flushLater();
  }

  // --- for the owner ------------------------------------------------------------------------

  get streamCount(): number {
    return this.#streams.size;
  }

  /** The peer does not take what is written for it. */
  get isCongested(): boolean {
    return this.#outgoing.isCongested;
  }

  /** Whether a request may be begun (clients). */
  get takesRequests(): boolean {
    return (
      !this.isOver &&
      !this.isPeerGoingAway &&
      this.#shutdown === 'no' &&
      this.#nextStreamId <= MAX_STREAM_ID
    );
  }

  /** Bytes of the peer. */
  receive(chunk: Buffer): void {
    if (this.isOver) return;
    this.#heardAt = this.#clock();
    try {
      const behind = this.#prefaceLength < PREFACE.length ? this.#readPreface(chunk) : chunk;
      if (behind.length > 0) this.#reader.push(behind);
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (this.isOver) return;
    if (this.#receiveWindow < this.#limits.connectionWindowBytes / 2) this.#openConnectionWindow();
    if (this.#outgoing.writer.pendingBytes > 0) this.#flushLater();
    if (this.#isServer && this.isCongested && !this.#isReadingPaused) {
      // Whoever asks without reading the answers is not heard until it does.
      this.#isReadingPaused = true;
      this.#transport.pause();
    }
  }

  /** The transport is not blocked any more. */
  drained(): void {
    if (this.isOver) return;
    this.flush();
    if (this.#isReadingPaused && !this.isCongested) {
      this.#isReadingPaused = false;
      this.#transport.resume();
    }
  }

  /**
   * Begins a request (clients).
   * @param fields pseudo-header fields first, `:method` the first of them; names in lower case
   * @param neverIndexed names of fields that nobody on the way may put into a table
   */
  request(
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    isEnded: boolean,
    handler: StreamHandler,
  ): Http2Stream {
    const id = this.#nextStreamId;
    this.#nextStreamId += 2;
    const stream = this.#makeStream(id, handler);
    stream.isHeadRequest = fields[1] === 'HEAD';
    stream.isLocalEnded = isEnded;
    this.writeHead(stream, fields, neverIndexed, isEnded);
    return stream;
  }

  /** @param answered called when the peer has answered; until then it has read all that was sent before */
  ping(answered: () => void): void {
    if (this.isOver || this.#pings.length >= MAX_PINGS) return;
    this.#pings.push({ number: ++this.#pingNumber, sentAt: this.#clock(), answered });
    const payload = Buffer.alloc(8);
    payload.writeUInt32BE(this.#pingNumber, 4);
    this.#outgoing.writer.ping(payload, 0, false);
    this.#flushLater();
  }

  /** Gives back one of the streams that the peer may reset. */
  forgiveReset(): void {
    this.#resets.earn(1);
  }

  /**
   * Takes nothing new and ends when what runs is over. A server says so in two steps (RFC 9113 §6.8), so
   * that requests on their way are still served.
   */
  shutdown(): void {
    if (this.isOver || this.#shutdown !== 'no') return;
    if (!this.#isServer) {
      this.#shutdown = 'last';
      this.#endIfDone();
      return;
    }
    this.#shutdown = 'told';
    this.#outgoing.writer.goaway(MAX_STREAM_ID, NO_ERROR);
    this.ping(() => this.#shutdownHeard());
    this.#flushLater();
  }

  /** Ends everything at once. Handlers hear `lost`. */
  destroy(code: number = NO_ERROR, error?: unknown): void {
    if (this.isOver) return;
    this.#outgoing.writer.goaway(this.#lastPeerStreamId, code);
    this.#end(code, error);
  }

  /** The transport is closed. */
  lost(): void {
    if (!this.isOver) this.#end(NO_ERROR, undefined);
  }

  /** Looks whether the peer answers in time. To be called now and then. */
  check(now: number): void {
    if (this.isOver) return;
    const limit = now - this.#limits.answerTimeoutMs;
    if (!this.#areSettingsAnswered && this.#startedAt <= limit) {
      this.#failed(new ConnectionError(SETTINGS_TIMEOUT, 'SETTINGS are not answered'));
    } else if (
      this.#pings.length > 0 &&
      this.#pings[0]!.sentAt <= limit &&
      this.#heardAt <= limit
    ) {
      this.#failed(new ConnectionError(NO_ERROR, 'PING is not answered'));
    } else if (this.#block.streamId !== 0 && this.#blockBegunAt <= limit) {
      this.#failed(new ConnectionError(ENHANCE_YOUR_CALM, 'a header block does not end'));
    }
  }

  /** Writes what there is to be said. */
  flush(): void {
    this.#isFlushAsked = false;
    if (this.isOver) return;
    try {
      this.#outgoing.flush();
      this.#endIfDone();
    } catch (error) {
      this.#failed(error);
    }
  }

  // --- for streams --------------------------------------------------------------------------

  writeHead(
    stream: Http2Stream,
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    endStream: boolean,
  ): void {
    this.#outgoing.head(stream, fields, neverIndexed, endStream);
    this.#controlFrames.earn(FRAMES_FOR_CONTENT);
    this.#flushLater();
    if (!endStream) return;
    stream.isEndSent = true;
    this.closeIfDone(stream);
  }

  sendSoon(stream: Http2Stream): void {
    this.#outgoing.add(stream);
    this.#flushLater();
  }

  sendableBytes(stream: Http2Stream): number {
    return this.#outgoing.roomFor(stream);
  }

  grantWindow(stream: Http2Stream): void {
    // Half a window at a time: less would be frames for nothing, more would make the peer wait.
    if (stream.consumedBytes < this.#limits.streamWindowBytes / 2) return;
    this.#outgoing.writer.windowUpdate(stream.id, stream.consumedBytes);
    stream.receiveWindow += stream.consumedBytes;
    stream.consumedBytes = 0;
    this.#flushLater();
  }

  cutStream(stream: Http2Stream, code: number): void {
    this.flush();
    if (!stream.isClosed) this.resetStream(stream, code);
  }

  closeIfDone(stream: Http2Stream): void {
    if (stream.isClosed || !stream.isEndSent) return;
    if (!stream.isRemoteEnded) {
      if (stream.codeAfterEnd < 0) return;
      this.#outgoing.writer.reset(stream.id, stream.codeAfterEnd);
      this.#flushLater();
    }
    this.#close(stream, !stream.isRemoteEnded);
    stream.handler.closed('complete', NO_ERROR);
  }

  resetStream(stream: Http2Stream, code: number): void {
    this.#outgoing.writer.reset(stream.id, code);
    this.#close(stream, true);
    this.#flushLater();
  }

  // --- frames -------------------------------------------------------------------------------

  dataBegin(flags: number, streamId: number, payloadLength: number, dataLength: number): void {
    this.#assertExpected(-1, streamId, true);
    this.#receiveWindow -= payloadLength;
    if (this.#receiveWindow < 0) {
      throw new ConnectionError(FLOW_CONTROL_ERROR, 'more data than the connection allows');
    }
    this.#dataStream = undefined;
    this.#dataFlags = flags;
    const stream = this.#streams.get(streamId);
    if (stream === undefined) {
      this.#onClosedStream(streamId);
      return;
    }
    if (stream.isRemoteEnded) {
      this.#violated(stream, STREAM_CLOSED);
      return;
    }
    if (!this.#isServer && !stream.hasHead) {
      this.#violated(stream, PROTOCOL_ERROR);
      return;
    }
    stream.receiveWindow -= payloadLength;
    if (stream.receiveWindow < 0) {
      this.#violated(stream, FLOW_CONTROL_ERROR);
      return;
    }
    stream.receivedBytes += dataLength;
    if (stream.expectedBytes >= 0 && stream.receivedBytes > stream.expectedBytes) {
      this.#violated(stream, PROTOCOL_ERROR);
      return;
    }
    if (dataLength > 0) this.#controlFrames.earn(FRAMES_FOR_CONTENT);
    else if ((flags & END_STREAM) === 0) this.#spend();
    if (payloadLength > dataLength) stream.consume(payloadLength - dataLength);
    this.#dataStream = stream;
  }

  dataPiece(chunk: Buffer, start: number, end: number): void {
    const stream = this.#dataStream;
    if (stream !== undefined && !stream.isClosed) stream.handler.data(chunk, start, end);
  }

  dataEnd(): void {
    const stream = this.#dataStream;
    this.#dataStream = undefined;
    if (stream === undefined || stream.isClosed || (this.#dataFlags & END_STREAM) === 0) return;
    this.#remoteEnded(stream, undefined);
  }

  frame(
    type: number,
    flags: number,
    streamId: number,
    payload: Buffer,
    start: number,
    end: number,
  ): void {
    this.#assertExpected(type, streamId, (flags & ACK) === 0);
    switch (type) {
      case HEADERS:
        if (streamId === 0) throw new ConnectionError(PROTOCOL_ERROR, 'HEADERS without a stream');
        if (this.#block.begin(flags, streamId, payload, start, end)) this.#headers();
        else this.#blockBegunAt = this.#clock();
        break;
      case CONTINUATION:
        if (this.#block.add(flags, payload, start, end)) this.#headers();
        break;
      case RST_STREAM:
        assertLength(end - start, 4);
        this.#resetByPeer(streamId, payload.readUInt32BE(start));
        break;
      case WINDOW_UPDATE:
        assertLength(end - start, 4);
        this.#windowOpened(streamId, payload.readUInt32BE(start) & MAX_WINDOW);
        break;
      case SETTINGS:
        this.#settings(flags, streamId, payload, start, end);
        break;
      case PING:
        assertConnection(streamId);
        assertLength(end - start, 8);
        this.#pinged(flags, payload, start);
        break;
      case GOAWAY:
        assertConnection(streamId);
        if (end - start < 8) throw new ConnectionError(FRAME_SIZE_ERROR, 'GOAWAY is too short');
        this.#goaway(payload.readUInt32BE(start) & MAX_STREAM_ID, payload.readUInt32BE(start + 4));
        break;
      case PUSH_PROMISE:
        throw new ConnectionError(PROTOCOL_ERROR, 'nothing may be pushed');
      case PRIORITY:
        if (streamId === 0) throw new ConnectionError(PROTOCOL_ERROR, 'PRIORITY without a stream');
        assertLength(end - start, 5);
        this.#spend();
        break;
      default:
        // RFC 9113 §5.5: what is not known is ignored.
        this.#spend();
    }
  }

  /** What comes first and what may not be interrupted. @param isPlain it is no acknowledgement */
  #assertExpected(type: number, streamId: number, isPlain: boolean): void {
    if (!this.hasPeerSettings && (type !== SETTINGS || !isPlain)) {
      throw new ConnectionError(PROTOCOL_ERROR, 'SETTINGS have to be first');
    }
    const blockId = this.#block.streamId;
    if (type === CONTINUATION ? blockId === 0 || blockId !== streamId : blockId !== 0) {
      throw new ConnectionError(PROTOCOL_ERROR, 'a header block is interrupted, or none is begun');
    }
  }

  #readPreface(chunk: Buffer): Buffer {
    const size = Math.min(PREFACE.length - this.#prefaceLength, chunk.length);
    const from = this.#prefaceLength;
    if (chunk.compare(PREFACE, from, from + size, 0, size) !== 0) {
      throw new ConnectionError(PROTOCOL_ERROR, 'not the preface of HTTP/2');
    }
    this.#prefaceLength += size;
    return chunk.subarray(size);
  }

  // --- header blocks ------------------------------------------------------------------------

  #headers(): void {
    const { streamId, isEnded, bytes, start, end } = this.#block;
    const { maxHeaderListBytes, maxHeaderFields } = this.#limits;
    const fields: string[] = [];
    // Whatever becomes of it: the tables of both sides have to stay in step.
    const result = this.#decoder.decode(
      bytes,
      start,
      end,
      fields,
      maxHeaderListBytes,
      maxHeaderFields,
    );
    this.#block.clear();
    this.#controlFrames.earn(FRAMES_FOR_CONTENT);
    const stream = this.#streams.get(streamId);
    if (stream === undefined) {
      if (this.#isServer) this.#requested(streamId, fields, isEnded, result);
      else this.#onClosedStream(streamId);
      return;
    }
    if (stream.isRemoteEnded) {
      this.#violated(stream, STREAM_CLOSED);
    } else if (result.isTooLarge) {
      this.#violated(stream, ENHANCE_YOUR_CALM);
    } else {
      try {
        if (this.#isServer || stream.hasHead) this.#trailers(stream, fields, isEnded);
        else this.#response(stream, fields, isEnded);
      } catch (error) {
        if (!(error instanceof MalformedMessage)) throw error;
        this.#violated(stream, PROTOCOL_ERROR);
      }
    }
  }

  #requested(
    id: number,
    fields: string[],
    isEnded: boolean,
    {
      isTooLarge,
      neverIndexed,
    }: { isTooLarge: boolean; neverIndexed: readonly string[] | undefined },
  ): void {
    if (id <= this.#lastPeerStreamId || (id & 1) === 0) {
      this.#onClosedStream(id, true);
      return;
    }
    // Its GOAWAY has told that this one may be sent again elsewhere.
    if (this.#shutdown === 'last') return;
    this.#lastPeerStreamId = id;
    if (this.#streams.size >= this.#limits.maxConcurrentStreams) {
      if (this.#areSettingsAnswered) {
        throw new ConnectionError(PROTOCOL_ERROR, 'more streams than allowed');
      }
      this.#refuse(id, REFUSED_STREAM);
      return;
    }
    let isMalformed = false;
    try {
      if (!isTooLarge) this.#rules.request(fields, isEnded);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      isMalformed = true;
    }
    if (isTooLarge || isMalformed) {
      this.#refuse(id, isTooLarge ? ENHANCE_YOUR_CALM : PROTOCOL_ERROR);
      this.#requests!.requestRefused(fields, isTooLarge);
      this.#spendReset();
      return;
    }
    const stream = this.#makeStream(id, NOBODY);
    stream.isRemoteEnded = isEnded;
    stream.hasHead = true;
    stream.expectedBytes = this.#rules.contentLength;
    stream.neverIndexed = neverIndexed;
    this.#requests!.request(stream, fields, isEnded);
  }

  #response(stream: Http2Stream, fields: string[], isEnded: boolean): void {
    const rules = this.#rules;
    rules.response(fields);
    if (rules.status < 200) {
      if (isEnded) throw new MalformedMessage('an interim response is no end');
      stream.handler.head(fields, false);
      return;
    }
    stream.hasHead = true;
    const isBodyless = stream.isHeadRequest || rules.status === 204 || rules.status === 304;
    if (!isBodyless) stream.expectedBytes = rules.contentLength;
    if (isEnded && stream.expectedBytes > 0) {
      throw new MalformedMessage('content-length without a body');
    }
    stream.isRemoteEnded = isEnded;
    stream.handler.head(fields, isEnded);
    if (isEnded) this.closeIfDone(stream);
  }

  #trailers(stream: Http2Stream, fields: string[], isEnded: boolean): void {
    if (!isEnded) throw new MalformedMessage('trailers are the end');
    this.#rules.trailers(fields);
    this.#remoteEnded(stream, fields);
  }

  // --- streams ------------------------------------------------------------------------------

  #makeStream(id: number, handler: StreamHandler): Http2Stream {
    const stream = new Http2Stream(
      id,
      this,
      handler,
      this.#peerWindow,
      this.#limits.streamWindowBytes,
    );
    this.#streams.set(id, stream);
    return stream;
  }

  #remoteEnded(stream: Http2Stream, trailers: string[] | undefined): void {
    if (stream.expectedBytes >= 0 && stream.receivedBytes !== stream.expectedBytes) {
      this.#violated(stream, PROTOCOL_ERROR);
      return;
    }
    stream.isRemoteEnded = true;
    stream.handler.end(trailers);
    this.closeIfDone(stream);
  }

  /** The peer has broken the rules of one stream (RFC 9113 §5.4.2). */
  #violated(stream: Http2Stream, code: number): void {
    this.resetStream(stream, code);
    stream.handler.closed('violation', code);
    this.#spendReset();
  }

  /** Resets what has not become a stream. */
  #refuse(id: number, code: number): void {
    this.#outgoing.writer.reset(id, code);
    this.#closedStreams.add(id, true);
    if (code === REFUSED_STREAM) this.#spend();
  }

  #close(stream: Http2Stream, byUs: boolean): void {
    stream.isClosed = true;
    stream.queue.clear();
    this.#streams.delete(stream.id);
    this.#closedStreams.add(stream.id, byUs);
    // It may have been what the end was waiting for.
    if (this.#shutdown === 'last') this.#flushLater();
  }

  /** Something has come on a stream that is not open. @param isHeaders to begin it, or late */
  #onClosedStream(id: number, isHeaders = false): void {
    this.#assertNotIdle(id);
    this.#spend();
    const end = this.#closedStreams.endOf(id);
    // RFC 9113 §5.1: what was on its way when we reset the stream.
    if (end === 'reset') return;
    if (isHeaders) {
      const code = end === 'ended' ? STREAM_CLOSED : PROTOCOL_ERROR;
      throw new ConnectionError(code, 'a stream is begun again');
    }
    this.#outgoing.writer.reset(id, STREAM_CLOSED);
  }

  #assertNotIdle(id: number): void {
    const isOurs = (id & 1) === (this.#nextStreamId & 1);
    const isIdle = isOurs ? id >= this.#nextStreamId : id > this.#lastPeerStreamId;
    // Behind the last that is taken, streams are neither idle nor known.
    if (id === 0 || (isIdle && this.#shutdown !== 'last') || (isIdle && isOurs)) {
      throw new ConnectionError(PROTOCOL_ERROR, 'a frame for a stream that was not begun');
    }
  }

  #resetByPeer(id: number, code: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      this.#assertNotIdle(id);
      this.#spend();
      return;
    }
    this.#close(stream, false);
    // What is answered costs nothing more.
    const isWasted = !stream.isLocalEnded;
    stream.handler.closed(code === REFUSED_STREAM ? 'refused' : 'reset', code);
    if (this.#isServer && isWasted) this.#spendReset();
  }

  // --- the connection -----------------------------------------------------------------------

  #settings(flags: number, streamId: number, payload: Buffer, start: number, end: number): void {
    assertConnection(streamId);
    if ((flags & ACK) !== 0) {
      assertLength(end - start, 0);
      this.#areSettingsAnswered = true;
      return;
    }
    if ((end - start) % 6 !== 0) throw new ConnectionError(FRAME_SIZE_ERROR, 'SETTINGS are cut');
    this.#spend();
    let window = this.#peerWindow;
    for (let at = start; at < end; at += 6) {
      const id = payload.readUInt16BE(at);
      const value = payload.readUInt32BE(at + 2);
      if (id === INITIAL_WINDOW_SIZE) window = value;
      this.#setting(id, value);
    }
    // Once, however often it was said.
    if (window !== this.#peerWindow) this.#initialWindowChanged(window);
    this.hasPeerSettings = true;
    this.#outgoing.writer.settingsAck();
    this.#owner.settingsChanged();
  }

  #setting(id: number, value: number): void {
    switch (id) {
      case HEADER_TABLE_SIZE:
        this.#encoder.setPeerMaxTableSize(value);
        break;
      case ENABLE_PUSH:
        if (value > (this.#isServer ? 1 : 0)) {
          throw new ConnectionError(PROTOCOL_ERROR, 'ENABLE_PUSH is out of range');
        }
        break;
      case MAX_CONCURRENT_STREAMS:
        this.peerMaxStreams = value;
        break;
      case INITIAL_WINDOW_SIZE:
        if (value > MAX_WINDOW) {
          throw new ConnectionError(FLOW_CONTROL_ERROR, 'INITIAL_WINDOW_SIZE is out of range');
        }
        break;
      case MAX_FRAME_SIZE:
        // We send none that is larger than the smallest of these.
        if (value < MAX_FRAME_BYTES || value >= 2 ** 24) {
          throw new ConnectionError(PROTOCOL_ERROR, 'MAX_FRAME_SIZE is out of range');
        }
        break;
    }
  }

  /** RFC 9113 §6.9.2: windows of streams that are open change by the difference, maybe below 0. */
  #initialWindowChanged(size: number): void {
    const more = size - this.#peerWindow;
    this.#peerWindow = size;
    for (const stream of this.#streams.values()) this.#openWindow(stream, more);
  }

  #openWindow(stream: Http2Stream, more: number): void {
    stream.sendWindow += more;
    if (stream.sendWindow > MAX_WINDOW) {
      throw new ConnectionError(FLOW_CONTROL_ERROR, 'a window is larger than can be');
    }
    if (more > 0 && (stream.queue.length > 0 || stream.isWaitingToWrite)) this.sendSoon(stream);
  }

  #windowOpened(id: number, more: number): void {
    const { framesSent } = this.#outgoing;
    if (++this.#windowUpdates > UPDATES_FOR_DATA * framesSent) this.#spend();
    if (id === 0) {
      if (more === 0) throw new ConnectionError(PROTOCOL_ERROR, 'a window is opened by nothing');
      this.#outgoing.window += more;
      if (this.#outgoing.window > MAX_WINDOW) {
        throw new ConnectionError(FLOW_CONTROL_ERROR, 'the window is larger than can be');
      }
      this.#flushLater();
      return;
    }
    const stream = this.#streams.get(id);
    if (stream === undefined) this.#assertNotIdle(id);
    else if (more === 0) this.#violated(stream, PROTOCOL_ERROR);
    else if (stream.sendWindow + more > MAX_WINDOW) this.#violated(stream, FLOW_CONTROL_ERROR);
    else this.#openWindow(stream, more);
  }

  #openConnectionWindow(): void {
    const increment = this.#limits.connectionWindowBytes - this.#receiveWindow;
    if (increment <= 0) return;
    this.#outgoing.writer.windowUpdate(0, increment);
    this.#receiveWindow += increment;
  }

  #pinged(flags: number, payload: Buffer, start: number): void {
    if ((flags & ACK) === 0) {
      this.#spend();
      this.pingedAt = this.#heardAt;
      this.#outgoing.writer.ping(payload, start, true);
      return;
    }
    // Answers come in order; what answers nothing of ours is ignored, like an answer that was waited for too long.
    const [first] = this.#pings;
    if (first === undefined || payload.readUInt32BE(start + 4) !== first.number) {
      this.#spend();
      return;
    }
    this.#pings.shift();
    first.answered();
  }

  #goaway(lastStreamId: number, code: number): void {
    this.#spend();
    this.isPeerGoingAway = true;
    this.#owner.goingAway();
    if (this.#isServer) return;
    for (const stream of this.#streams.values()) {
      if (stream.id <= lastStreamId) continue;
      this.#close(stream, false);
      stream.handler.closed('refused', code);
    }
    this.#endIfDone();
  }

  #shutdownHeard(): void {
    if (this.isOver || this.#shutdown !== 'told') return;
    this.#shutdown = 'last';
    this.#outgoing.writer.goaway(this.#lastPeerStreamId, NO_ERROR);
    this.#flushLater();
  }

  #endIfDone(): void {
    if (this.#shutdown !== 'last' || this.#streams.size > 0 || this.isOver) return;
    if (!this.#isServer) this.#outgoing.writer.goaway(0, NO_ERROR);
    this.#end(NO_ERROR, undefined);
  }

  #failed(error: unknown): void {
    const code =
      error instanceof ConnectionError
        ? error.code
        : error instanceof HpackError
          ? COMPRESSION_ERROR
          : INTERNAL_ERROR;
    this.destroy(code, error);
  }

  #end(code: number, error: unknown): void {
    this.isOver = true;
    this.#outgoing.writer.flush(this.#transport);
    this.#transport.end();
    if (this.#isReadingPaused) this.#transport.resume();
    this.#owner.ending({ code, error });
    for (const stream of [...this.#streams.values()]) {
      this.#close(stream, false);
      stream.handler.closed('lost', code);
    }
  }

  #spend(): void {
    if (!this.#controlFrames.spend(this.#clock())) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'too many frames that carry nothing');
    }
  }

  #spendReset(): void {
    if (!this.#resets.spend(this.#clock())) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'too many streams were reset');
    }
  }

  #flushLater(): void {
    if (this.#isFlushAsked || this.isOver) return;
    this.#isFlushAsked = true;
    this.#flushSoon(this);
  }
}

/** Of a stream whose owner has not said who hears of it. */
const NOBODY: StreamHandler = {
  head: () => {},
  data: () => {},
  end: () => {},
  writable: () => {},
  closed: () => {},
};

function assertLength(length: number, wanted: number): void {
  if (length !== wanted) throw new ConnectionError(FRAME_SIZE_ERROR, 'a frame has a wrong length');
}

function assertConnection(streamId: number): void {
  if (streamId !== 0) throw new ConnectionError(PROTOCOL_ERROR, 'a frame for no stream has one');
}
