import { ByteCollector } from './byte-collector.ts';

/** What a client says before anything is encrypted, as far as it decides where its connection goes. */
export interface ClientHello {
  /** Server name indication in lower case; empty without one. */
  readonly serverName: string;
  /** What the client would speak, in its order of preference; empty without the extension. */
  readonly alpnProtocols: readonly string[];
}

/** Content type of a TLS record that carries a handshake (RFC 8446 §5.1): the first byte of every TLS connection. */
export const HANDSHAKE_RECORD = 22;

const RECORD_HEAD_BYTES = 5;
const MAX_RECORD_BYTES = 2 ** 14;
const MESSAGE_HEAD_BYTES = 4;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;
const ALPN = 16;

/**
 * Finds the ClientHello (RFC 8446 §4.1.2) at the beginning of a connection, however it is cut into
 * packets and records. Reads nothing else, so that the bytes can go on to whoever terminates TLS.
 */
export class ClientHelloReader {
  readonly #maxBytes: number;
  readonly #wire = new ByteCollector();
  readonly #message = new ByteCollector();
  /** Where the next record begins in `#wire`. */
  #offset = 0;

  /** @param maxBytes of all records up to the end of the message */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** All that was pushed, beginning with the ClientHello. */
  get bytes(): Buffer {
    return this.#wire.bytes;
  }

  /** Not to be called again after anything but `incomplete`. Longer than allowed is malformed, too. */
  push(chunk: Buffer): ClientHello | 'incomplete' | 'malformed' {
    this.#wire.append(chunk);
    const wire = this.#wire.bytes;
    while (wire.length - this.#offset >= RECORD_HEAD_BYTES) {
      const start = this.#offset + RECORD_HEAD_BYTES;
      const length = wire.readUInt16BE(this.#offset + 3);
      const isHandshake = wire[this.#offset] === HANDSHAKE_RECORD && wire[this.#offset + 1] === 3;
      // Records without content are forbidden here, and would never end.
      if (!isHandshake || length === 0 || length > MAX_RECORD_BYTES) return 'malformed';
      if (start + length > this.#maxBytes) return 'malformed';
      if (start + length > wire.length) return 'incomplete';
      this.#message.append(wire.subarray(start, start + length));
      this.#offset = start + length;
      const hello = this.#readMessage();
      if (hello !== 'incomplete') return hello;
    }
    return 'incomplete';
  }

  #readMessage(): ClientHello | 'incomplete' | 'malformed' {
    const message = this.#message.bytes;
    if (message[0] !== CLIENT_HELLO) return 'malformed';
    if (message.length < MESSAGE_HEAD_BYTES) return 'incomplete';
    const end = MESSAGE_HEAD_BYTES + message.readUIntBE(1, 3);
    if (message.length < end) return end > this.#maxBytes ? 'malformed' : 'incomplete';
    // Nothing may follow in the same record: the server speaks next.
    if (message.length > end) return 'malformed';
    return parseClientHello(message.subarray(MESSAGE_HEAD_BYTES)) ?? 'malformed';
  }
}

/** Parses the body of the message; undefined when it is malformed. What is not of interest is only measured. */
function parseClientHello(body: Buffer): ClientHello | undefined {
  const cursor = new Cursor(body);
  // Version and random.
  cursor.skip(2 + 32);
  // Session id, cipher suites, compression methods.
  cursor.skip(cursor.number(1));
  cursor.skip(cursor.number(2));
  cursor.skip(cursor.number(1));
  let serverName: string | undefined;
  let alpnProtocols: string[] | undefined;
  if (cursor.left > 0) {
    const extensions = cursor.vector(2);
    if (cursor.left > 0) return undefined;
    while (extensions.left > 0) {
      const type = extensions.number(2);
      const extension = extensions.vector(2);
      // One of a type at most: of two, others might believe the other.
      if (type === SERVER_NAME) {
        if (serverName !== undefined) return undefined;
        serverName = parseServerName(extension);
        if (serverName === undefined) return undefined;
      } else if (type === ALPN) {
        if (alpnProtocols !== undefined) return undefined;
        alpnProtocols = parseAlpn(extension);
        if (alpnProtocols === undefined) return undefined;
      }
    }
    if (extensions.isOver) return undefined;
  }
  if (cursor.isOver) return undefined;
  return { serverName: serverName ?? '', alpnProtocols: alpnProtocols ?? [] };
}

/** RFC 6066 §3: a list of names with at most one of each type; host names are the only type there is. */
function parseServerName(extension: Cursor): string | undefined {
  const names = extension.vector(2);
  let hostName: string | undefined;
  while (names.left > 0) {
    const type = names.number(1);
    const name = names.vector(2);
    if (type !== HOST_NAME) continue;
    if (hostName !== undefined || name.left === 0) return undefined;
    hostName = name.text().toLowerCase();
  }
  return names.isOver || extension.left > 0 ? undefined : hostName;
}

/** RFC 7301 §3.1: a list of names that are not empty. */
function parseAlpn(extension: Cursor): string[] | undefined {
  const list = extension.vector(2);
  const protocols: string[] = [];
  while (list.left > 0) {
    const name = list.vector(1);
    if (name.left === 0) return undefined;
    protocols.push(name.text());
  }
  return list.isOver || extension.left > 0 || protocols.length === 0 ? undefined : protocols;
}

/** Reads forward through bytes. Reading beyond the end gives zeros and empty vectors, and is remembered. */
class Cursor {
  /** Something was read that is not there. */
  isOver = false;
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer, isOver = false) {
    this.#bytes = bytes;
    this.isOver = isOver;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(size: 1 | 2): number {
    const start = this.#take(size);
    return this.isOver ? 0 : this.#bytes.readUIntBE(start, size);
  }

  skip(size: number): void {
    this.#take(size);
  }

  /** What follows a length of `lengthSize` bytes. A vector that is cut off is over from the start. */
  vector(lengthSize: 1 | 2): Cursor {
    const size = this.number(lengthSize);
    const start = this.#take(size);
    return this.isOver
      ? new Cursor(this.#bytes.subarray(0, 0), true)
      : new Cursor(this.#bytes.subarray(start, start + size));
  }

  text(): string {
    return this.#bytes.toString('latin1', this.#at);
  }

  /** Moves on and returns where that began. */
  #take(size: number): number {
    const start = this.#at;
    if (size > this.left) {
      this.isOver = true;
      this.#at = this.#bytes.length;
    } else {
      this.#at += size;
    }
    return start;
  }
}
