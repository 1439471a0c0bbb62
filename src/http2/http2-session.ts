import {
  COMPRESSION_ERROR,
  ConnectionError,
  ENHANCE_YOUR_CALM,
  FLOW_CONTROL_ERROR,
  INTERNAL_ERROR,
  NO_ERROR,
  PROTOCOL_ERROR,
  REFUSED_STREAM,
  SETTINGS_TIMEOUT,
} from './error-codes.ts';
import {
  ENABLE_PUSH,
  INITIAL_WINDOW_SIZE,
  MAX_CONCURRENT_STREAMS,
  MAX_HEADER_LIST_SIZE,
  MAX_STREAM_ID,
  MAX_WINDOW,
  PREFACE,
} from './frames.ts';
import { HpackEncoder } from './hpack/hpack-encoder.ts';
import { HpackError } from './hpack/hpack-error.ts';
import { Http2Stream, type StreamCarrier, type StreamHandler } from './http2-stream.ts';
import { type ControlFrames, IncomingFrames } from './incoming-frames.ts';
import { IncomingMessages, type MessageCarrier } from './incoming-messages.ts';
import { Outgoing } from './outgoing.ts';
import { PeerAllowance } from './peer-allowance.ts';
import { PeerSettings } from './peer-settings.ts';
import { Pings } from './pings.ts';
import { ReceiveWindows } from './receive-windows.ts';
import type { SessionLimits } from './session-limits.ts';
import type { SessionOptions, SessionOwner } from './session-options.ts';
import { StreamTable } from './stream-table.ts';
import type { Transport } from './transport.ts';
import type { Flushable } from './turn-end.ts';

/** Of the table that we keep for what we send: more would be memory of each connection for little. */
const ENCODER_TABLE_BYTES = 4096;

/**
 * One HTTP/2 connection (RFC 9113), of either side. It is given bytes (`receive`) and gives bytes to its
 * transport, once a turn of the event loop; it has no timers and knows no sockets. What is received is
 * handed on at once.
 */
export class Http2Session implements StreamCarrier, MessageCarrier, ControlFrames {
  /** Nothing is read or written any more. */
  isOver = false;
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
  readonly #encoder = new HpackEncoder({ maxTableSize: ENCODER_TABLE_BYTES });
  readonly #outgoing: Outgoing;
  readonly #frames: IncomingFrames;
  readonly #messages: IncomingMessages;
  readonly #windows: ReceiveWindows;
  readonly #allowance: PeerAllowance;
  readonly #streams: StreamTable;
  readonly #peer: PeerSettings;
  readonly #pings = new Pings();
  readonly #startedAt: number;
  #heardAt = 0;
  /** `told`: the peer knows that the end is near, and we wait until it has heard that. `last`: nothing new is taken. */
  #shutdown: 'no' | 'told' | 'last' = 'no';
  /** `FrameWriter.controlBytes` when the peer was last seen to take what is written for it. */
  #controlBytesTaken = 0;
  #isFlushAsked = false;
  #isReadingPaused = false;
  /** That came, and waits for the peer's next turn. */
  #unread: Buffer | undefined;
  /** That came after the end. */
  #lateBytes = 0;

  constructor(options: SessionOptions) {
    const { transport, requests, limits, clock } = options;
    const isServer = requests !== undefined;
    this.#isServer = isServer;
    this.#transport = transport;
    this.#owner = options.owner;
    this.#limits = limits;
    this.#clock = clock;
    this.#flushSoon = options.flushSoon;
    this.#startedAt = clock();
    this.#streams = new StreamTable(isServer);
    this.#peer = new PeerSettings(isServer);
    const allowance = new PeerAllowance(isServer, limits, clock);
    this.#allowance = allowance;
    this.#outgoing = new Outgoing(
      transport,
      this.#encoder,
      limits.maxWaitingBytes,
      this,
      allowance,
    );
    this.#windows = new ReceiveWindows(this.#outgoing.writer, limits);
    this.#messages = new IncomingMessages(this, this.#streams, requests, limits, allowance);
    this.#frames = new IncomingFrames(isServer, this, this.#messages, this.#windows, allowance);
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
    this.#windows.open();
    this.#flushLater();
  }

  // --- for the owner ------------------------------------------------------------------------

  /** The peer knows what we allow. */
  get areSettingsAnswered(): boolean {
    return this.#windows.areSettingsAnswered;
  }

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
    // A transport may still have had something when it was paused.
    if (this.#unread !== undefined) this.#unread = Buffer.concat([this.#unread, chunk]);
    else this.#read(chunk);
  }

  #read(chunk: Buffer): void {
    this.#allowance.beginTurn();
    let size: number;
    try {
      size = this.#frames.push(chunk, this.#heardAt);
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (this.isOver) return;
    this.#windows.reopen();
    if (size < chunk.length) this.#waitForTurn(chunk.subarray(size));
    if (this.#outgoing.writer.pendingBytes > 0) this.#flushLater();
    if (this.isCongested) this.#receivedMore();
    else this.#controlBytesTaken = this.#outgoing.writer.controlBytes;
  }

  /** So that one peer's hundred requests are no hundred times that another has to wait for its one. */
  #waitForTurn(unread: Buffer): void {
    this.#unread = unread;
    this.#pauseReading();
    this.#flushLater();
  }

  #pauseReading(): void {
    if (!this.#isReadingPaused) this.#transport.pause();
    this.#isReadingPaused = true;
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
      this.#pauseReading();
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
    this.#allowance.forgiveReset();
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
    } else if (this.#messages.isBlockOpenSince(limit)) {
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
    if (this.#isReadingPaused && !this.isOver && !this.isCongested) this.#readOn();
  }

  /** What waits, and when that is all, more of it. */
  #readOn(): void {
    const unread = this.#unread;
    this.#unread = undefined;
    if (unread !== undefined) this.#read(unread);
    if (this.#unread !== undefined || this.isOver || this.isCongested) return;
    this.#isReadingPaused = false;
    this.#transport.resume();
  }

  // --- for streams --------------------------------------------------------------------------

  writeHead(
    stream: Http2Stream,
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    endStream: boolean,
  ): void {
    this.#outgoing.head(stream, fields, neverIndexed, endStream);
    this.#allowance.headPassed();
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
    if (this.#windows.grant(stream)) this.#flushLater();
  }

  takesFields(fields: readonly string[]): boolean {
    return this.#peer.takesFields(fields);
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
    stream.tellClosed('complete', NO_ERROR);
  }

  resetStream(stream: Http2Stream, code: number): void {
    this.#outgoing.writer.reset(stream.id, code);
    this.#close(stream, true);
    this.#flushLater();
  }

  // --- streams ------------------------------------------------------------------------------

  openStream(id: number): Http2Stream {
    const { initialWindow } = this.#peer;
    const stream = new Http2Stream(id, this, initialWindow, this.#windows.ofNewStream);
    this.#streams.add(stream);
    return stream;
  }

  violated(stream: Http2Stream, code: number): void {
    this.resetStream(stream, code);
    stream.tellClosed('violation', code);
    this.#allowance.spendReset();
  }

  resetId(id: number, code: number): void {
    this.#outgoing.writer.reset(id, code);
  }

  #close(stream: Http2Stream, byUs: boolean): void {
    this.#streams.close(stream, byUs);
    this.#windows.release(stream);
    // It may have been what the end was waiting for.
    if (this.#shutdown === 'last') this.#flushLater();
  }

  resetByPeer(id: number, code: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      this.#streams.assertBegun(id);
      if (!this.#streams.wasOnItsWay(id, 0)) this.#allowance.spendFrame();
      return;
    }
    this.#close(stream, false);
    // What is answered costs nothing more.
    const isWasted = !stream.isLocalEnded;
    stream.tellClosed(code === REFUSED_STREAM ? 'refused' : 'reset', code);
    if (isWasted) this.#allowance.spendReset();
  }

  // --- the connection -----------------------------------------------------------------------

  settings(payload: Buffer, start: number, end: number): void {
    this.#allowance.spendFrame();
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

  settingsAnswered(): void {
    if (this.areSettingsAnswered) this.#allowance.spendFrame();
    else this.#windows.settingsAnswered(this.#streams.values());
  }

  #openWindow(stream: Http2Stream, more: number): void {
    stream.sendWindow += more;
    if (stream.sendWindow > MAX_WINDOW) {
      throw new ConnectionError(FLOW_CONTROL_ERROR, 'a window is larger than can be');
    }
    if (more > 0 && (stream.queue.length > 0 || stream.isWaitingToWrite)) this.sendSoon(stream);
  }

  windowOpened(id: number, more: number): void {
    this.#allowance.spendUpdate();
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

  pinged(payload: Buffer, start: number): void {
    this.#allowance.spendFrame();
    this.pingedAt = this.#heardAt;
    this.#outgoing.writer.ping(payload, start, true);
  }

  pingAnswered(payload: Buffer, start: number): void {
    // An answer to nothing may be one that came too late.
    if (!this.#pings.answer(payload, start)) this.#allowance.spendFrame();
  }

  peerGoesAway(lastStreamId: number, code: number): void {
    this.#allowance.spendFrame();
    this.isPeerGoingAway = true;
    this.#owner.goingAway();
    if (this.#isServer) return;
    for (const stream of this.#streams.values()) {
      if (stream.id <= lastStreamId) continue;
      this.#close(stream, false);
      stream.tellClosed('refused', code);
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
    this.#unread = undefined;
    this.#outgoing.writer.flush(this.#transport);
    this.#transport.end();
    // Who floods goes on with it for a while, and that is not even worth reading.
    if (code === ENHANCE_YOUR_CALM) this.#transport.pause();
    else if (this.#isReadingPaused) this.#transport.resume();
    try {
      this.#owner.ending({ code, error });
    } catch (defect) {
      this.defect(defect);
    }
    this.#loseStreams(code);
  }

  #loseStreams(code: number): void {
    for (const stream of [...this.#streams.values()]) {
      // One that was told may have reset another.
      if (stream.isClosed) continue;
      this.#close(stream, false);
      stream.tellClosed('lost', code);
    }
  }

  /** Somebody who was told of something has thrown: the others are told all the same. */
  defect(error: unknown): void {
    this.#owner.defect(error);
  }

  #flushLater(): void {
    if (this.#isFlushAsked || this.isOver) return;
    this.#isFlushAsked = true;
    this.#flushSoon(this);
  }
}
