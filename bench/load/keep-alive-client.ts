import { connect, type Socket } from 'node:net';

export interface ClientAnswer {
  readonly status: number;
  /** Status line and headers, as received. */
  readonly head: string;
}

export interface KeepAliveClientOptions {
  readonly port: number;
  /** Absent: 127.0.0.1. */
  readonly address?: string;
  /** The text of the next request; undefined: no more. */
  readonly next: () => string | undefined;
  /** The last byte of the answer is there. Times as of `performance.now()`. */
  readonly onAnswer: (answer: ClientAnswer, sentAt: number, receivedAt: number) => void;
  /** The connection broke while it waited for an answer, or could not be made. */
  readonly onBroken: () => void;
}

/**
 * One connection with one request at a time, each sent as soon as the answer to the one before is
 * there. Understands answers with Content-Length only. A connection that is closed is made again.
 */
export class KeepAliveClient {
  readonly #options: KeepAliveClientOptions;
  #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #sentAt = 0;
  /** Something is owed to us: a connection, or an answer. */
  #isWaiting = true;
  #isClosed = false;

  constructor(options: KeepAliveClientOptions) {
    this.#options = options;
    this.#socket = this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.destroy();
  }

  #connect(): Socket {
    const { port, address: host = '127.0.0.1' } = this.#options;
    const socket = connect({ port, host, noDelay: true });
    socket.on('connect', () => this.#send());
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // 'close' follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    return socket;
  }

  #send(): void {
    const text = this.#options.next();
    if (text === undefined) {
      this.close();
      return;
    }
    this.#isWaiting = true;
    this.#sentAt = performance.now();
    this.#socket.write(text, 'latin1');
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const bodyLength = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < headEnd + 4 + bodyLength) return;
    this.#received = Buffer.alloc(0);
    this.#isWaiting = false;
    const isLast = /\r\nconnection: *close/i.test(head);
    this.#options.onAnswer(
      { status: Number(head.slice(9, 12)), head },
      this.#sentAt,
      performance.now(),
    );
    if (!this.#isClosed && !isLast) this.#send();
  }

  #closed(): void {
    if (this.#isClosed) return;
    if (this.#isWaiting) this.#options.onBroken();
    this.#isWaiting = true;
    this.#received = Buffer.alloc(0);
    // Not at once: nobody may be listening for a while.
    setTimeout(() => {
      if (!this.#isClosed) this.#socket = this.#connect();
    }, 5);
  }
}
