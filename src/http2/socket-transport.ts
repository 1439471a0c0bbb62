import type { Socket } from 'node:net';
import type { Transport } from './transport.ts';

/** A session's bytes over a socket, of TCP or TLS. */
export class SocketTransport implements Transport {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isBlocked(): boolean {
    return this.#socket.writableNeedDrain;
  }

  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  write(pieces: readonly Buffer[]): boolean {
    const socket = this.#socket;
    if (pieces.length === 1) {
      socket.write(pieces[0]!);
    } else {
      socket.cork();
      for (const piece of pieces) socket.write(piece);
      socket.uncork();
    }
    // What the system took at once is nobody's any more.
    return socket.writableLength === 0;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }
}
