/** Before each message on TCP stands its length, two bytes (RFC 1035 §4.2.2). */
export const withLength = (message: Buffer): Buffer => {
  const framed = Buffer.allocUnsafe(message.length + 2);
  framed.writeUInt16BE(message.length, 0);
  message.copy(framed, 2);
  return framed;
};

/** A message is longer than it may be. */
export class LongMessageError extends Error {
  readonly code = 'LONG_MESSAGE';

  constructor(bytes: number) {
    super(`a message of ${bytes} bytes is too long`);
    this.name = 'LongMessageError';
  }
}

/** Cuts what arrives on a TCP connection into messages. Keeps less than one message. */
export class TcpMessages {
  readonly #maxBytes: number;
  #kept: Buffer = Buffer.alloc(0);

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The messages that are complete now. @throws LongMessageError */
  take(chunk: Buffer): readonly Buffer[] {
    let rest = this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk]);
    const messages: Buffer[] = [];
    while (rest.length >= 2) {
      const length = rest.readUInt16BE(0);
      if (length > this.#maxBytes) throw new LongMessageError(length);
      if (rest.length < length + 2) break;
      messages.push(rest.subarray(2, length + 2));
      rest = rest.subarray(length + 2);
    }
    this.#kept = Buffer.from(rest);
    return messages;
  }

  /** Whether a part of a message has arrived. */
  get isWithin(): boolean {
    return this.#kept.length > 0;
  }
}
