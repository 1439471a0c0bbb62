import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { questionEnd } from './dns-query.ts';
import type { NameServer } from './host-resolvers.ts';
import { TcpMessages, withLength } from './tcp-messages.ts';

const HEADER_BYTES = 12;

/** Takes back what it waits for. */
export interface Asking {
  readonly answer: Promise<Buffer>;
  cancel(): void;
}

/**
 * Asks a server by UDP, from a port of its own that the system draws. What comes from elsewhere the
 * kernel keeps away, since the socket is connected; what does not belong to the question is passed
 * over. Rejects when the server cannot be reached.
 */
export const askByUdp = (server: NameServer, packet: Buffer): Asking => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
  let isClosed = false;
  const close = () => {
    if (!isClosed) socket.close();
    isClosed = true;
  };
  const fail = (error: Error) => {
    close();
    reject(error);
  };
  socket.on('error', fail);
  socket.on('message', (message) => {
    if (!isAnswerTo(packet, message)) return;
    close();
    resolve(message);
  });
  // That there is no way to the server Node tells here, whatever its types say, and by no event.
  socket.connect(server.port, server.address, (error?: Error | null) => {
    if (error) fail(error);
    // Otherwise cancelled meanwhile.
    else if (!isClosed) socket.send(packet);
  });
  return { answer: promise, cancel: close };
};

/** Asks a server by TCP (RFC 7766): for answers that are too long for UDP. */
export const askByTcp = (server: NameServer, packet: Buffer): Asking => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const socket = connect({ host: server.address, port: server.port });
  const messages = new TcpMessages(65_535);
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the server closed the connection')));
  socket.on('data', (chunk: Buffer) => {
    for (const message of messages.take(chunk)) {
      if (isAnswerTo(packet, message)) resolve(message);
      // One question was asked: whatever else is said is of no interest.
      socket.destroy();
      return;
    }
  });
  socket.write(withLength(packet));
  return { answer: promise, cancel: () => void socket.destroy() };
};

/** The same id and question, and an answer: anything less could be a stranger's guess. */
export const isAnswerTo = (asked: Buffer, answer: Buffer): boolean => {
  if (answer.length < HEADER_BYTES || answer.readUInt16BE(0) !== asked.readUInt16BE(0))
    return false;
  if ((answer.readUInt16BE(2) & 0x8000) === 0 || answer.readUInt16BE(4) !== 1) return false;
  const end = questionEnd(asked);
  return (
    end !== undefined &&
    answer.length >= end &&
    lowerCase(asked, end).equals(lowerCase(answer, end))
  );
};

/** Lengths of labels are below the letters, so the whole section can be treated as one text. */
const lowerCase = (packet: Buffer, end: number): Buffer => {
  const section = Buffer.from(packet.subarray(HEADER_BYTES, end));
  // Not type and class, the last four bytes.
  for (let at = 0; at < section.length - 4; at += 1) {
    const byte = section[at]!;
    if (byte >= 0x41 && byte <= 0x5a) section[at] = byte + 0x20;
  }
  return section;
};
