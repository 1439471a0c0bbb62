import { Budget } from './budget.ts';
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
} from './error-codes.ts';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import {
  ACK,
  CONTINUATION,
  DATA,
  DEFAULT_WINDOW,
  ENABLE_PUSH,
  GOAWAY,
  HEADERS,
  INITIAL_WINDOW_SIZE,
  MAX_CONCURRENT_STREAMS,
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
import { HpackEncoder } from './hpack/hpack-encoder.ts';
import { HpackError } from './hpack/hpack-error.ts';
import { Http2Stream, type StreamCarrier, type StreamHandler } from './http2-stream.ts';
import { IncomingMessages, type MessageCarrier } from './incoming-messages.ts';
import { Outgoing } from './outgoing.ts';
import { PeerSettings } from './peer-settings.ts';
import { Pings } from './pings.ts';
import type { SessionLimits } from './session-limits.ts';
import type { SessionOptions, SessionOwner } from './session-options.ts';
import { StreamTable } from './stream-table.ts';
import type { Transport } from './transport.ts';
import type { Flushable } from './turn-end.ts';

/** Of the table that we keep for what we send: more would be memory of each connection for little. */
const ENCODER_TABLE_BYTES = 4096;
const REFILL_RESETS_MS = 60_000;
const REFILL_FRAMES_MS = 10_000;
/** Frames beside those of messages that a head, of either side, lets the peer send: PINGs, priorities. */
const FRAMES_FOR_HEAD = 4;
/** Content that lets the peer send one more, so that single bytes do not. */
const BYTES_FOR_FRAME = 1024;
/** Some peers measure the path with a PING for each DATA frame that comes. */
const FRAMES_FOR_DATA_SENT = 1;
/** Times that a peer may open windows for each DATA frame that it gets, before that counts as doing nothing… */
const UPDATES_FOR_DATA = 10;
/** …and for those that it got before, since it may take them later. */
const MAX_UPDATES_EARNED = 10_000;

/**
 * One HTTP/2 connection (RFC 9113), of either side. It is given bytes (`receive`) and gives bytes to its
 * transport, once a turn of the event loop; it has no timers and knows no sockets.
 *
 * Received data is handed on at once. The windows of the streams bound what a consumer that is held back
 * has to keep; the connection's window is opened for whatever came, so that no stream holds up another.
 */
export class Http2Session implements StreamCarrier, MessageCarrier, FrameSink {
  /** Nothing is read or written any more. */
  isOver = false;
  /** The peer knows what we allow. */
  areSettingsAnswered = false;
  /** When the peer last sent a PING, by the clock. */
  pingedAt = Number.NEGATIVE_INFINITY;
  /** The peer has said GOAWAY. */
  isPeerGoingAway = false;
  readonly #isServer: boolean;
  readonly #transport: Transport;
  readonly #owner: SessionOwner;
  readonly #limits: SessionLimits;
  readonly #clock: () => number;
  readonly #flushSoon: (session: Flushable) => void;
  readonly #reader = new FrameReader(this);
  readonly #encoder = new HpackEncoder({ maxTableSize: ENCODER_TABLE_BYTES });
  readonly #outgoing: Outgoing;
  readonly #incoming: IncomingMessages;
  readonly #streams: StreamTable;
  readonly #peer: PeerSettings;
  readonly #pings = new Pings();
  readonly #resets: Budget;
  readonly #controlFrames: Budget;
  readonly #startedAt: number;
  /** Bytes of the client's preface that have come. */
  #prefaceLength: number;
  /** What the peer may still send on all streams. */
  #receiveWindow = DEFAULT_WINDOW;
  #heardAt = 0;
  /** `told`: the peer knows that the end is near, and we wait until it has heard that. `last`: nothing new is taken. */
  #shutdown: 'no' | 'told' | 'last' = 'no';
  /** Times that the peer may open windows without any cost. */
  #updatesEarned = 0;
  /** `FrameWriter.controlBytes` when the peer was last seen to take what is written for it. */
  #controlBytesTaken = 0;
  #isFlushAsked = false;
  #isReadingPaused = false;
  /** That came after the end. */
  #lateBytes = 0;

  constructor(options: SessionOptions) {
    const { transport, limits, clock } = options;
    this.#isServer = options.requests !== undefined;
    this.#streams = new StreamTable(this.#isServer);
    this.#peer = new PeerSettings(this.#isServer);
    this.#incoming = new IncomingMessages(this, this.#streams, options.requests, limits);
    this.#transport = transport;
    this.#owner = options.owner;
    this.#limits = limits;
    this.#clock = clock;
    this.#flushSoon = options.flushSoon;
    this.#outgoing = new Outgoing(transport, this.#encoder, limits.maxWaitingBytes, this);
    this.#startedAt = clock();
    this.#resets = new Budget(limits.maxStreamResets, REFILL_RESETS_MS, this.#startedAt);
    this.#controlFrames = new Budget(limits.maxControlFrames, REFILL_FRAMES_MS, this.#startedAt);
    this.#prefaceLength = this.#isServer ? 0 : PREFACE.length;
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

  /** The peer's first SETTINGS have come. */
  get hasPeerSettings(): boolean {
    return this.#peer.hasCome;
  }

  /** Streams that the peer allows at a time. */
  get peerMaxStreams(): number {
    return this.#peer.maxConcurrentStreams;
  }

  /** The peer does not take what is written for it. */
  get isCongested(): boolean {
    return this.#outgoing.isCongested;
  }

  /** Whether a request may be begun (clients). */
  get takesRequests(): boolean {
    return !this.isOver && !this.isPeerGoingAway && this.#shutdown === 'no' && this.#streams.hasIds;
  }

  /** Bytes of the peer. */
  receive(chunk: Buffer): void {
    if (this.isOver) {
      this.#receivedLate(chunk.length);
      return;
    }
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
    if (this.isCongested) this.#receivedMore();
    else this.#controlBytesTaken = this.#outgoing.writer.controlBytes;
  }

  /**
   * What was on its way when all was over is read, so that the peer gets the GOAWAY (bytes that are not
   * read reset the connection), but one that just goes on is not worth that.
   */
  #receivedLate(bytes: number): void {
    this.#lateBytes += bytes;
    if (this.#lateBytes > this.#limits.connectionWindowBytes) this.#transport.pause();
  }

  /** The peer sends without reading. */
  #receivedMore(): void {
    if (this.#isServer) {
      // Whoever asks without reading the answers is not heard until it does.
      if (!this.#isReadingPaused) this.#transport.pause();
      this.#isReadingPaused = true;
      return;
    }
    // A server may read nothing because its own answers are not taken: not to read would be for ever.
    const waiting = this.#outgoing.writer.controlBytes - this.#controlBytesTaken;
    if (waiting <= this.#limits.maxWaitingBytes) return;
    this.#failed(new ConnectionError(ENHANCE_YOUR_CALM, 'answers to control frames are not read'));
  }

  /** The transport is not blocked any more. */
  drained(): void {
    this.flush();
  }

  /**
   * Begins a request (clients). When all is over already it is `lost` at the end of the turn.
   * @param fields pseudo-header fields first, `:method` the first of them; names in lower case
   * @param neverIndexed names of fields that nobody on the way may put into a table
   */
  request(
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    isEnded: boolean,
    handler: StreamHandler,
  ): Http2Stream {
    const stream = this.openStream(this.#streams.takeId());
    stream.handler = handler;
    stream.isHeadRequest = fields[1] === 'HEAD';
    stream.isLocalEnded = isEnded;
    // Not within this call, in which nobody expects to hear of the stream.
    if (this.isOver) this.#flushSoon(this);
    else this.writeHead(stream, fields, neverIndexed, isEnded);
    return stream;
  }

  /** @param answered called when the peer has answered; until then it has read all that was sent before */
  ping(answered: () => void): void {
    if (!this.#pings.areEnough) this.#ping(answered);
  }

  #ping(answered: () => void): void {
    if (this.isOver) return;
    this.#pings.send(this.#outgoing.writer, this.#clock(), answered);
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
    this.#ping(() => this.#shutdownHeard());
  }

  /** Ends everything at once. Handlers hear `lost`. */
  destroy(code: number = NO_ERROR, error?: unknown): void {
    if (this.isOver) return;
    this.#outgoing.writer.goaway(this.#streams.lastPeerId, code);
    this.#end(code, error);
  }

  /** Ends everything without a word, not even what waits to be said; the transport stays open. Handlers hear `lost`. */
  silence(): void {
    this.isOver = true;
    this.#loseStreams(NO_ERROR);
  }

  /** The transport is closed. */
  lost(): void {
    if (!this.isOver) this.#end(NO_ERROR, undefined);
  }

  /** Looks whether the peer answers in time. To be called now and then. */
  check(now: number): void {
    if (this.isOver) return;
    const limit = now - this.#limits.answerTimeoutMs;
    if (!this.areSettingsAnswered && this.#startedAt <= limit) {
      this.#failed(new ConnectionError(SETTINGS_TIMEOUT, 'SETTINGS are not answered'));
    } else if (this.#pings.isWaitingSince(limit) && this.#heardAt <= limit) {
      this.#failed(new ConnectionError(NO_ERROR, 'PING is not answered'));
    } else if (this.#incoming.isBlockOpenSince(limit)) {
      this.#failed(new ConnectionError(ENHANCE_YOUR_CALM, 'a header block does not end'));
    }
  }

  /** Writes what there is to be said. */
  flush(): void {
    this.#isFlushAsked = false;
    if (this.isOver) {
      this.#loseStreams(NO_ERROR);
      return;
    }
    try {
      this.#outgoing.flush();
      this.#endIfDone();
    } catch (error) {
      this.#failed(error);
    }
    if (this.#isReadingPaused && !this.isOver && !this.isCongested) {
      this.#isReadingPaused = false;
      this.#transport.resume();
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
    this.headCame();
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
    this.#outgoing.flushStream(stream);
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
    this.#assertExpected(DATA, streamId, true);
    this.#receiveWindow -= payloadLength;
    if (this.#receiveWindow < 0) {
      throw new ConnectionError(FLOW_CONTROL_ERROR, 'more data than the connection allows');
    }
    this.#incoming.dataBegin(flags, streamId, payloadLength, dataLength);
  }

  dataPiece(chunk: Buffer, start: number, end: number): void {
    this.#incoming.dataPiece(chunk, start, end);
  }

  dataEnd(): void {
    this.#incoming.dataEnd();
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
        this.#incoming.headers(flags, streamId, payload, start, end, this.#heardAt);
        break;
      case CONTINUATION:
        this.#incoming.continuation(flags, payload, start, end);
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
        this.spendFrame();
        break;
      default:
        // RFC 9113 §5.5: what is not known is ignored.
        this.spendFrame();
    }
  }

  /** What comes first and what may not be interrupted. @param isPlain it is no acknowledgement */
  #assertExpected(type: number, streamId: number, isPlain: boolean): void {
    if (!this.hasPeerSettings && (type !== SETTINGS || !isPlain)) {
      throw new ConnectionError(PROTOCOL_ERROR, 'SETTINGS have to be first');
    }
    this.#incoming.assertUninterrupted(type, streamId);
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

  // --- streams ------------------------------------------------------------------------------

  openStream(id: number): Http2Stream {
    const { streamWindowBytes } = this.#limits;
    // RFC 9113 §6.5.3: until it has acknowledged ours, the peer may not know of less than the protocol's own.
    const window = this.areSettingsAnswered
      ? streamWindowBytes
      : Math.max(streamWindowBytes, DEFAULT_WINDOW);
    const stream = new Http2Stream(id, this, this.#peer.initialWindow, window);
    this.#streams.add(stream);
    return stream;
  }

  violated(stream: Http2Stream, code: number): void {
    this.resetStream(stream, code);
    stream.handler.closed('violation', code);
    this.spendReset();
  }

  resetId(id: number, code: number): void {
    this.#outgoing.writer.reset(id, code);
  }

  #close(stream: Http2Stream, byUs: boolean): void {
    this.#streams.close(stream, byUs);
    // It may have been what the end was waiting for.
    if (this.#shutdown === 'last') this.#flushLater();
  }

  #resetByPeer(id: number, code: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      this.#streams.assertBegun(id);
      if (!this.#streams.wasOnItsWay(id, 0)) this.spendFrame();
      return;
    }
    this.#close(stream, false);
    // What is answered costs nothing more.
    const isWasted = !stream.isLocalEnded;
    stream.handler.closed(code === REFUSED_STREAM ? 'refused' : 'reset', code);
    if (isWasted) this.spendReset();
  }

  // --- the connection -----------------------------------------------------------------------

  #settings(flags: number, streamId: number, payload: Buffer, start: number, end: number): void {
    assertConnection(streamId);
    if ((flags & ACK) !== 0) {
      assertLength(end - start, 0);
      this.#settingsAnswered();
      return;
    }
    this.spendFrame();
    const { initialWindow, headerTableBytes } = this.#peer;
    this.#peer.read(payload, start, end);
    if (this.#peer.headerTableBytes !== headerTableBytes) {
      this.#encoder.setPeerMaxTableSize(this.#peer.headerTableBytes);
    }
    // RFC 9113 §6.9.2: windows of streams that are open change by the difference, maybe below 0.
    const more = this.#peer.initialWindow - initialWindow;
    if (more !== 0) for (const stream of this.#streams.values()) this.#openWindow(stream, more);
    this.#outgoing.writer.settingsAck();
    this.#owner.settingsChanged();
  }

  #settingsAnswered(): void {
    if (this.areSettingsAnswered) {
      this.spendFrame();
      return;
    }
    this.areSettingsAnswered = true;
    const less = DEFAULT_WINDOW - this.#limits.streamWindowBytes;
    if (less > 0) for (const stream of this.#streams.values()) stream.receiveWindow -= less;
  }

  #openWindow(stream: Http2Stream, more: number): void {
    stream.sendWindow += more;
    if (stream.sendWindow > MAX_WINDOW) {
      throw new ConnectionError(FLOW_CONTROL_ERROR, 'a window is larger than can be');
    }
    if (more > 0 && (stream.queue.length > 0 || stream.isWaitingToWrite)) this.sendSoon(stream);
  }

  #windowOpened(id: number, more: number): void {
    if (this.#updatesEarned > 0) this.#updatesEarned--;
    else this.spendFrame();
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
    if (stream === undefined) this.#streams.assertBegun(id);
    else if (more === 0) this.violated(stream, PROTOCOL_ERROR);
    else if (stream.sendWindow + more > MAX_WINDOW) this.violated(stream, FLOW_CONTROL_ERROR);
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
      this.spendFrame();
      this.pingedAt = this.#heardAt;
      this.#outgoing.writer.ping(payload, start, true);
      return;
    }
    // An answer to nothing may be one that came too late.
    if (!this.#pings.answer(payload, start)) this.spendFrame();
  }

  #goaway(lastStreamId: number, code: number): void {
    this.spendFrame();
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
    this.#streams.ignoresNew = true;
    this.#outgoing.writer.goaway(this.#streams.lastPeerId, NO_ERROR);
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
    // Who floods goes on with it for a while, and that is not even worth reading.
    if (code === ENHANCE_YOUR_CALM) this.#transport.pause();
    else if (this.#isReadingPaused) this.#transport.resume();
    this.#guard(() => this.#owner.ending({ code, error }));
    this.#loseStreams(code);
  }

  #loseStreams(code: number): void {
    for (const stream of [...this.#streams.values()]) {
      // One that was told may have reset another.
      if (stream.isClosed) continue;
      this.#close(stream, false);
      this.#guard(() => stream.handler.closed('lost', code));
    }
  }

  /** Nothing that hears of the end keeps the others from hearing of it. */
  #guard(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#owner.defect(error);
    }
  }

  // --- what the peer may do -----------------------------------------------------------------

  headCame(): void {
    this.#controlFrames.earn(FRAMES_FOR_HEAD);
  }

  dataCame(bytes: number): void {
    this.#controlFrames.earn(bytes / BYTES_FOR_FRAME);
  }

  dataSent(): void {
    this.#controlFrames.earn(FRAMES_FOR_DATA_SENT);
    this.#updatesEarned = Math.min(this.#updatesEarned + UPDATES_FOR_DATA, MAX_UPDATES_EARNED);
  }

  spendFrame(): void {
    if (!this.#controlFrames.spend(this.#clock())) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'too many frames that carry nothing');
    }
  }

  spendReset(streams = 1): void {
    // A client has chosen its server, and only it suffers.
    if (this.#isServer && !this.#resets.spend(this.#clock(), streams)) {
      throw new ConnectionError(ENHANCE_YOUR_CALM, 'too many streams were reset');
    }
  }

  #flushLater(): void {
    if (this.#isFlushAsked || this.isOver) return;
    this.#isFlushAsked = true;
    this.#flushSoon(this);
  }
}

function assertLength(length: number, wanted: number): void {
  if (length !== wanted) throw new ConnectionError(FRAME_SIZE_ERROR, 'a frame has a wrong length');
}

function assertConnection(streamId: number): void {
  if (streamId !== 0) throw new ConnectionError(PROTOCOL_ERROR, 'a frame for no stream has one');
}
