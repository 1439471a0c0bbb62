import {
  ConnectionError,
  FLOW_CONTROL_ERROR,
  FRAME_SIZE_ERROR,
  PROTOCOL_ERROR,
} from './error-codes.ts';
import {
  DEFAULT_WINDOW,
  ENABLE_PUSH,
  HEADER_TABLE_SIZE,
  INITIAL_WINDOW_SIZE,
  MAX_CONCURRENT_STREAMS,
  MAX_FRAME_BYTES,
  MAX_FRAME_SIZE,
  MAX_HEADER_LIST_SIZE,
  MAX_WINDOW,
} from './frames.ts';
import { FIELD_OVERHEAD } from './hpack/static-table.ts';

/** RFC 7541 §6.5.2: until the peer has said something else. */
const DEFAULT_TABLE_BYTES = 4096;

/** What the peer has said in SETTINGS (RFC 9113 §6.5.2), as far as it means something to us. */
export class PeerSettings {
  /** The first have come. */
  hasCome = false;
  /** What is not said is not limited. */
  maxConcurrentStreams = Number.POSITIVE_INFINITY;
  initialWindow = DEFAULT_WINDOW;
  headerTableBytes = DEFAULT_TABLE_BYTES;
  #maxHeaderListBytes = Number.POSITIVE_INFINITY;
  readonly #isClient: boolean;

  /** @param isClient the peer is one, and may take pushes for all we care */
  constructor(isClient: boolean) {
    this.#isClient = isClient;
  }

  /** Takes the payload of a frame: of what it says twice, the last. @throws ConnectionError */
  read(payload: Buffer, start: number, end: number): void {
    if ((end - start) % 6 !== 0) throw new ConnectionError(FRAME_SIZE_ERROR, 'SETTINGS are cut');
    for (let at = start; at < end; at += 6) {
      this.#read(payload.readUInt16BE(at), payload.readUInt32BE(at + 2));
    }
    this.hasCome = true;
  }

  /** Whether the peer takes header lists as large as this one. */
  takesFields(fields: readonly string[]): boolean {
    if (this.#maxHeaderListBytes === Number.POSITIVE_INFINITY) return true;
    let bytes = (fields.length >>> 1) * FIELD_OVERHEAD;
    for (let i = 0; i < fields.length; i++) bytes += fields[i]!.length;
    return bytes <= this.#maxHeaderListBytes;
  }

  #read(id: number, value: number): void {
    switch (id) {
      case HEADER_TABLE_SIZE:
        this.headerTableBytes = value;
        break;
      case ENABLE_PUSH:
        if (value > (this.#isClient ? 1 : 0)) {
          throw new ConnectionError(PROTOCOL_ERROR, 'ENABLE_PUSH is out of range');
        }
        break;
      case MAX_CONCURRENT_STREAMS:
        this.maxConcurrentStreams = value;
        break;
      case INITIAL_WINDOW_SIZE:
        if (value > MAX_WINDOW) {
          throw new ConnectionError(FLOW_CONTROL_ERROR, 'INITIAL_WINDOW_SIZE is out of range');
        }
        this.initialWindow = value;
        break;
      case MAX_FRAME_SIZE:
        // We send none that is larger than the smallest of these.
        if (value < MAX_FRAME_BYTES || value >= 2 ** 24) {
          throw new ConnectionError(PROTOCOL_ERROR, 'MAX_FRAME_SIZE is out of range');
        }
        break;
      case MAX_HEADER_LIST_SIZE:
        this.#maxHeaderListBytes = value;
        break;
    }
  }
}
