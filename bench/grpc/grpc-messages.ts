/** gRPC's messages on a stream: a byte for compression, four for the length, the payload (gRPC over HTTP/2). */

const HEAD_BYTES = 5;

/** One message as it is sent, not compressed. */
export const grpcMessage = (payload: Buffer): Buffer => {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
};

/** Finds the messages in pieces of a stream, however it is cut. */
export class GrpcMessageReader {
  readonly #onMessage: (payload: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(onMessage: (payload: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  push(piece: Buffer): void {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    while (bytes.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + bytes.readUInt32BE(1);
      if (bytes.length < end) break;
      this.#onMessage(bytes.subarray(HEAD_BYTES, end));
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
  }

  /** Whether the stream may end here. */
  get isBetweenMessages(): boolean {
    return this.#rest.length === 0;
  }
}
