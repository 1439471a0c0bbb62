import { ConnectionError, FRAME_SIZE_ERROR, PROTOCOL_ERROR } from './error-codes.ts';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import {
  ACK,
  CONTINUATION,
  DATA,
  GOAWAY,
  HEADERS,
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
import type { IncomingMessages } from './incoming-messages.ts';
import type { PeerAllowance } from './peer-allowance.ts';
import type { ReceiveWindows } from './receive-windows.ts';

/** Hears what frames say of the connection and of its streams, but for the messages on them. */
export interface ControlFrames {
  /** Nothing is wanted any more. */
  readonly isOver: boolean;
  /** The peer's first SETTINGS have come. */
  readonly hasPeerSettings: boolean;
  settings(payload: Buffer, start: number, end: number): void;
  settingsAnswered(): void;
  /** @param payload eight bytes from `start` */
  pinged(payload: Buffer, start: number): void;
  pingAnswered(payload: Buffer, start: number): void;
  /** GOAWAY. */
  peerGoesAway(lastStreamId: number, code: number): void;
  /** @param streamId 0: of the connection */
  windowOpened(streamId: number, more: number): void;
  resetByPeer(streamId: number, code: number): void;
}

/** Reads a connection's frames: sees to their order and their form (RFC 9113 §§3.4, 4, 6), and hands on what they say. */
export class IncomingFrames implements FrameSink {
  readonly #reader = new FrameReader(this);
  readonly #control: ControlFrames;
  readonly #messages: IncomingMessages;
  readonly #windows: ReceiveWindows;
  readonly #allowance: PeerAllowance;
  /** Bytes of the client's preface that have come. */
  #prefaceLength: number;
  #now = 0;

  constructor(
    isServer: boolean,
    control: ControlFrames,
    messages: IncomingMessages,
    windows: ReceiveWindows,
    allowance: PeerAllowance,
  ) {
    this.#prefaceLength = isServer ? 0 : PREFACE.length;
    this.#control = control;
    this.#messages = messages;
    this.#windows = windows;
    this.#allowance = allowance;
  }

  /**
   * Takes bytes of the peer, and returns how many: all, unless the peer has had its turn or all is over.
   * @throws ConnectionError, HpackError
   */
  push(chunk: Buffer, now: number): number {
    this.#now = now;
    const behind = this.#prefaceLength < PREFACE.length ? this.#readPreface(chunk) : chunk;
    if (behind.length === 0) return chunk.length;
    return chunk.length - behind.length + this.#reader.push(behind);
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

  get takesMore(): boolean {
    return !this.#control.isOver && !this.#allowance.isTurnOver;
  }

  dataBegin(flags: number, streamId: number, payloadLength: number, dataLength: number): void {
    this.#assertExpected(DATA, streamId, true);
    this.#windows.spend(payloadLength);
    this.#messages.dataBegin(flags, streamId, payloadLength, dataLength);
  }

  dataPiece(chunk: Buffer, start: number, end: number): void {
    this.#messages.dataPiece(chunk, start, end);
  }

  dataEnd(): void {
    this.#messages.dataEnd();
  }

  frame(
    type: number,
    flags: number,
    streamId: number,
    payload: Buffer,
    start: number,
    end: number,
  ): void {
    const isPlain = (flags & ACK) === 0;
    this.#assertExpected(type, streamId, isPlain);
    const control = this.#control;
    switch (type) {
      case HEADERS:
        this.#messages.headers(flags, streamId, payload, start, end, this.#now);
        break;
      case CONTINUATION:
        this.#messages.continuation(flags, payload, start, end);
        break;
      case RST_STREAM:
        assertLength(end - start, 4);
        control.resetByPeer(streamId, payload.readUInt32BE(start));
        break;
      case WINDOW_UPDATE:
        assertLength(end - start, 4);
        control.windowOpened(streamId, payload.readUInt32BE(start) & MAX_WINDOW);
        break;
      case SETTINGS:
        assertConnection(streamId);
        if (isPlain) {
          control.settings(payload, start, end);
        } else {
          assertLength(end - start, 0);
          control.settingsAnswered();
        }
        break;
      case PING:
        assertConnection(streamId);
        assertLength(end - start, 8);
        if (isPlain) control.pinged(payload, start);
        else control.pingAnswered(payload, start);
        break;
      case GOAWAY: {
        assertConnection(streamId);
        if (end - start < 8) throw new ConnectionError(FRAME_SIZE_ERROR, 'GOAWAY is too short');
        const lastStreamId = payload.readUInt32BE(start) & MAX_STREAM_ID;
        control.peerGoesAway(lastStreamId, payload.readUInt32BE(start + 4));
        break;
      }
      case PUSH_PROMISE:
        throw new ConnectionError(PROTOCOL_ERROR, 'nothing may be pushed');
      case PRIORITY:
        if (streamId === 0) throw new ConnectionError(PROTOCOL_ERROR, 'PRIORITY without a stream');
        assertLength(end - start, 5);
        this.#allowance.spendFrame();
        break;
      default:
        // RFC 9113 §5.5: what is not known is ignored.
        this.#allowance.spendFrame();
    }
  }

  /** What comes first and what may not be interrupted. @param isPlain it is no acknowledgement */
  #assertExpected(type: number, streamId: number, isPlain: boolean): void {
    if (!this.#control.hasPeerSettings && (type !== SETTINGS || !isPlain)) {
      throw new ConnectionError(PROTOCOL_ERROR, 'SETTINGS have to be first');
    }
    this.#messages.assertUninterrupted(type, streamId);
  }
}

function assertLength(length: number, wanted: number): void {
  if (length !== wanted) throw new ConnectionError(FRAME_SIZE_ERROR, 'a frame has a wrong length');
}

function assertConnection(streamId: number): void {
  if (streamId !== 0) throw new ConnectionError(PROTOCOL_ERROR, 'a frame for no stream has one');
}
