import {
  ConnectionError,
  ENHANCE_YOUR_CALM,
  FLOW_CONTROL_ERROR,
  PROTOCOL_ERROR,
  REFUSED_STREAM,
  STREAM_CLOSED,
} from './error-codes.ts';
import { CONTINUATION, DEFAULT_WINDOW, END_STREAM, MAX_FRAME_BYTES } from './frames.ts';
import { HeaderBlock } from './header-block.ts';
import { type DecodeResult, HpackDecoder } from './hpack/hpack-decoder.ts';
import type { Http2Stream } from './http2-stream.ts';
import { MalformedMessage, MessageRules } from './message-rules.ts';
import type { PeerAllowance } from './peer-allowance.ts';
import type { SessionLimits } from './session-limits.ts';
import type { RequestReceiver } from './session-options.ts';
import type { StreamTable } from './stream-table.ts';

/** The session that the messages come to. */
export interface MessageCarrier {
  /** The peer knows what we allow. */
  readonly areSettingsAnswered: boolean;
  openStream(id: number): Http2Stream;
  closeIfDone(stream: Http2Stream): void;
  /** Resets a stream that is not open, or not any more. */
  resetId(id: number, code: number): void;
  /** The peer has broken the rules of one stream (RFC 9113 §5.4.2). */
  violated(stream: Http2Stream, code: number): void;
  /** Whoever takes requests has thrown. */
  defect(error: unknown): void;
}

/** What a head beyond the limits takes of the streams that may be reset: it was decoded to its end for nothing. */
const RESETS_FOR_LARGE_HEAD = 10;
/** Announced by neither side: what every connection begins with. */
const TABLE_BYTES = 4096;

/** What the peer says on streams (RFC 9113 §8): joins, decodes, judges, and tells whoever handles the stream. */
export class IncomingMessages {
  readonly #carrier: MessageCarrier;
  readonly #streams: StreamTable;
  /** Of a server; a client has none. */
  readonly #requests: RequestReceiver | undefined;
  readonly #limits: SessionLimits;
  readonly #allowance: PeerAllowance;
  readonly #decoder = new HpackDecoder({ maxTableSize: TABLE_BYTES });
  readonly #rules = new MessageRules();
  readonly #block: HeaderBlock;
  #blockBegunAt = 0;
  /** Whose data comes; undefined: nobody's. */
  #dataStream: Http2Stream | undefined;
  #dataFlags = 0;

  constructor(
    carrier: MessageCarrier,
    streams: StreamTable,
    requests: RequestReceiver | undefined,
    limits: SessionLimits,
    allowance: PeerAllowance,
  ) {
    this.#carrier = carrier;
    this.#streams = streams;
    this.#requests = requests;
    this.#limits = limits;
    this.#allowance = allowance;
    // Compression may make a little more of a list that is just small enough.
    this.#block = new HeaderBlock(limits.maxHeaderListBytes + MAX_FRAME_BYTES);
  }

  /** Whether a header block was begun by then and is not whole. */
  isBlockOpenSince(time: number): boolean {
    return this.#block.streamId !== 0 && this.#blockBegunAt <= time;
  }

  /** Nothing may come between the frames of a header block (RFC 9113 §4.3). */
  assertUninterrupted(type: number, streamId: number): void {
    const blockId = this.#block.streamId;
    if (type === CONTINUATION ? blockId === 0 || blockId !== streamId : blockId !== 0) {
      throw new ConnectionError(PROTOCOL_ERROR, 'a header block is interrupted, or none is begun');
    }
  }

  // --- header blocks ------------------------------------------------------------------------

  headers(
    flags: number,
    streamId: number,
    payload: Buffer,
    start: number,
    end: number,
    now: number,
  ): void {
    if (streamId === 0) throw new ConnectionError(PROTOCOL_ERROR, 'HEADERS without a stream');
    if (this.#block.begin(flags, streamId, payload, start, end)) this.#decode();
    else this.#blockBegunAt = now;
  }

  continuation(flags: number, payload: Buffer, start: number, end: number): void {
    if (this.#block.add(flags, payload, start, end)) this.#decode();
  }

  #decode(): void {
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
    const stream = this.#streams.get(streamId);
    if (stream !== undefined) this.#furtherHead(stream, fields, isEnded, result);
    else if (this.#requests === undefined) this.#onClosed(streamId, 0);
    else this.#request(streamId, fields, isEnded, result);
  }

  #furtherHead(
    stream: Http2Stream,
    fields: string[],
    isEnded: boolean,
    { isTooLarge, neverIndexed }: DecodeResult,
  ): void {
    if (stream.isRemoteEnded || isTooLarge) {
      this.#carrier.violated(stream, isTooLarge ? ENHANCE_YOUR_CALM : STREAM_CLOSED);
      return;
    }
    stream.neverIndexed = neverIndexed;
    try {
      if (stream.hasHead) this.#trailers(stream, fields, isEnded);
      else this.#response(stream, fields, isEnded);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      this.#carrier.violated(stream, PROTOCOL_ERROR);
    }
  }

  #request(id: number, fields: string[], isEnded: boolean, result: DecodeResult): void {
    const streams = this.#streams;
    const requests = this.#requests!;
    if (id <= streams.lastPeerId || (id & 1) === 0) {
      this.#onClosed(id, 0, true);
      return;
    }
    // GOAWAY has told that this one may be sent again elsewhere.
    if (streams.ignoresNew) {
      this.#allowance.spendFrame();
      return;
    }
    streams.lastPeerId = id;
    if (streams.size >= this.#limits.maxConcurrentStreams) {
      if (this.#carrier.areSettingsAnswered) {
        throw new ConnectionError(PROTOCOL_ERROR, 'more streams than allowed');
      }
      this.#allowance.spendFrame();
      this.#refuse(id, REFUSED_STREAM);
      return;
    }
    const { isTooLarge, neverIndexed } = result;
    if (isTooLarge || !this.#isWellFormed(fields, isEnded)) {
      this.#refuse(id, isTooLarge ? ENHANCE_YOUR_CALM : PROTOCOL_ERROR);
      this.#tellRefused(fields, isTooLarge);
      this.#allowance.spendReset(isTooLarge ? RESETS_FOR_LARGE_HEAD : 1);
      return;
    }
    this.#allowance.headPassed();
    this.#allowance.requestCame();
    const stream = this.#carrier.openStream(id);
    stream.isRemoteEnded = isEnded;
    stream.hasHead = true;
    stream.expectedBytes = this.#rules.contentLength;
    stream.neverIndexed = neverIndexed;
    try {
      requests.request(stream, fields, isEnded);
    } catch (error) {
      stream.handlerFailed(error);
    }
  }

  #tellRefused(fields: readonly string[], isTooLarge: boolean): void {
    try {
      this.#requests!.requestRefused(fields, isTooLarge);
    } catch (error) {
      this.#carrier.defect(error);
    }
  }

  #isWellFormed(fields: readonly string[], isEnded: boolean): boolean {
    try {
      this.#rules.request(fields, isEnded);
      return true;
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      return false;
    }
  }

  /** Resets what has not become a stream. */
  #refuse(id: number, code: number): void {
    this.#carrier.resetId(id, code);
    this.#streams.rememberReset(id, Math.max(this.#limits.streamWindowBytes, DEFAULT_WINDOW));
  }

  #response(stream: Http2Stream, fields: string[], isEnded: boolean): void {
    const rules = this.#rules;
    rules.response(fields);
    if (rules.status < 200) {
      if (isEnded) throw new MalformedMessage('an interim response is no end');
      stream.tellHead(fields, false);
      return;
    }
    this.#allowance.headPassed();
    stream.hasHead = true;
    // Whatever their content-length says, there is no content (RFC 9110 §6.4.1).
    const isBodyless = stream.isHeadRequest || rules.status === 204 || rules.status === 304;
    stream.expectedBytes = isBodyless ? 0 : rules.contentLength;
    if (isEnded && stream.expectedBytes > 0) {
      throw new MalformedMessage('content-length without a body');
    }
    stream.isRemoteEnded = isEnded;
    stream.tellHead(fields, isEnded);
    if (isEnded) this.#carrier.closeIfDone(stream);
  }

  #trailers(stream: Http2Stream, fields: string[], isEnded: boolean): void {
    if (!isEnded) throw new MalformedMessage('trailers are the end');
    this.#rules.trailers(fields);
    this.#allowance.headPassed();
    this.#ended(stream, fields);
  }

  // --- data ---------------------------------------------------------------------------------

  /** Parameters as those of `FrameSink.dataBegin`. */
  dataBegin(flags: number, streamId: number, payloadLength: number, dataLength: number): void {
    this.#dataStream = undefined;
    this.#dataFlags = flags;
    const stream = this.#streams.get(streamId);
    if (stream === undefined) {
      this.#onClosed(streamId, dataLength > 0 ? payloadLength : 0);
      return;
    }
    stream.receiveWindow -= payloadLength;
    stream.receivedBytes += dataLength;
    const code = dataErrorOf(stream);
    if (code >= 0) {
      this.#carrier.violated(stream, code);
      return;
    }
    if (dataLength > 0) this.#allowance.dataCame(dataLength);
    else if ((flags & END_STREAM) === 0) this.#allowance.spendFrame();
    if (payloadLength > dataLength) stream.consume(payloadLength - dataLength);
    this.#dataStream = stream;
  }

  dataPiece(chunk: Buffer, start: number, end: number): void {
    const stream = this.#dataStream;
    if (stream !== undefined && !stream.isClosed) stream.tellData(chunk, start, end);
  }

  dataEnd(): void {
    const stream = this.#dataStream;
    this.#dataStream = undefined;
    if (stream === undefined || stream.isClosed || (this.#dataFlags & END_STREAM) === 0) return;
    this.#ended(stream, undefined);
  }

  #ended(stream: Http2Stream, trailers: string[] | undefined): void {
    if (stream.expectedBytes >= 0 && stream.receivedBytes !== stream.expectedBytes) {
      this.#carrier.violated(stream, PROTOCOL_ERROR);
      return;
    }
    stream.isRemoteEnded = true;
    stream.tellEnd(trailers);
    this.#carrier.closeIfDone(stream);
  }

  /**
   * Something has come on a stream that is not open.
   * @param dataBytes as flow control counts; 0: there is no content
   * @param isHeaders to begin it, or late
   */
  #onClosed(id: number, dataBytes: number, isHeaders = false): void {
    const streams = this.#streams;
    streams.assertBegun(id);
    if (streams.wasOnItsWay(id, dataBytes)) return;
    this.#allowance.spendFrame();
    const end = streams.endOf(id);
    if (end === 'reset') return;
    if (isHeaders) {
      const code = end === 'ended' ? STREAM_CLOSED : PROTOCOL_ERROR;
      throw new ConnectionError(code, 'a stream is begun again');
    }
    this.#carrier.resetId(id, STREAM_CLOSED);
  }
}

/** What is wrong with data that has come on a stream and was counted; -1: nothing. */
function dataErrorOf(stream: Http2Stream): number {
  if (stream.isRemoteEnded) return STREAM_CLOSED;
  if (!stream.hasHead) return PROTOCOL_ERROR;
  if (stream.receiveWindow < 0) return FLOW_CONTROL_ERROR;
  const isTooMuch = stream.expectedBytes >= 0 && stream.receivedBytes > stream.expectedBytes;
  return isTooMuch ? PROTOCOL_ERROR : -1;
}
