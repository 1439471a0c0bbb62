import { HANDSHAKE_RECORD } from './client-hello.ts';

/** Bytes for tests: ClientHellos of which each part can be wrong. */

const number = (value: number, size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
};

/** A vector with a length of `size` bytes. */
export const vector = (content: Buffer | string, size: number): Buffer => {
  const bytes = Buffer.from(content as string, 'latin1');
  return Buffer.concat([number(bytes.length, size), bytes]);
};

export const extension = (type: number, content: Buffer): Buffer =>
  Buffer.concat([number(type, 2), vector(content, 2)]);

export const serverNames = (...names: readonly string[]): Buffer =>
  extension(0, vector(Buffer.concat(names.map((name) => hostName(name))), 2));

export const hostName = (name: string): Buffer => Buffer.concat([number(0, 1), vector(name, 2)]);

export const alpn = (...protocols: readonly string[]): Buffer =>
  extension(16, vector(Buffer.concat(protocols.map((protocol) => vector(protocol, 1))), 2));

/** What Chrome sends so that servers do not get used to what is known (RFC 8701). */
export const grease = (content = Buffer.alloc(0)): Buffer => extension(0x3a3a, content);

/** The body of the message. */
export const helloBody = (extensions: readonly Buffer[] | undefined): Buffer =>
  Buffer.concat([
    number(0x0303, 2),
    Buffer.alloc(32, 7),
    vector(Buffer.alloc(32, 1), 1),
    vector(Buffer.from('3a3a13011302', 'hex'), 2),
    vector(Buffer.alloc(1), 1),
    ...(extensions === undefined ? [] : [vector(Buffer.concat(extensions), 2)]),
  ]);

export const message = (body: Buffer, type = 1): Buffer =>
  Buffer.concat([number(type, 1), vector(body, 3)]);

/** As records of at most so many bytes. */
export const records = (content: Buffer, maxBytes = 16_384): Buffer => {
  const pieces: Buffer[] = [];
  for (let at = 0; at < content.length; at += maxBytes) {
    const piece = content.subarray(at, at + maxBytes);
    pieces.push(Buffer.from([HANDSHAKE_RECORD, 3, 1]), vector(piece, 2));
  }
  return Buffer.concat(pieces);
};

/** A whole ClientHello on the wire. */
export const clientHello = (...extensions: readonly Buffer[]): Buffer =>
  records(message(helloBody(extensions)));
