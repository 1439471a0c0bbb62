import type { Server, Socket } from 'node:net';
import type { Resolver } from './resolver.ts';
import { TcpMessages, withLength } from './tcp-messages.ts';

export interface TcpClientsOptions {
  readonly vpcId: string;
  readonly resolver: Resolver;
  /** Takes a place for a connection. @returns how to give it back; undefined when there is none */
  readonly enter: () => (() => void) | undefined;
  /** Without a whole query for so long, a connection is closed. */
  readonly idleMs?: number;
}

/** RFC 7766 §6.2.3 asks for seconds, not minutes. */
const IDLE_MS = 10_000;
const MOST_CONNECTIONS = 256;
/** Queries of one connection that are not answered yet; more wait in the kernel. */
const MOST_PENDING = 64;
/** Longer ones ask for nothing that could be answered. */
const MOST_QUERY_BYTES = 4096;
/** A client that does not read its answers is not worth more memory. */
const MOST_UNREAD_BYTES = 256 * 1024;

/** Answers the clients that ask by TCP (RFC 7766): several queries a connection, in whatever order answers come. */
export class TcpClients {
  readonly #options: Required<TcpClientsOptions>;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** `server` listens already or is about to. */
  constructor(server: Server, options: TcpClientsOptions) {
    this.#server = server;
    this.#options = { idleMs: IDLE_MS, ...options };
    server.maxConnections = MOST_CONNECTIONS;
    server.on('connection', (socket: Socket) => this.#accept(socket));
  }

  close(): void {
    if (this.#server.listening) this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(socket: Socket): void {
    const { vpcId, resolver, enter, idleMs } = this.#options;
    const leave = enter();
    if (leave === undefined) {
      socket.destroy();
      return;
    }
    const messages = new TcpMessages(MOST_QUERY_BYTES);
    let pending = 0;
    let hasEnded = false;
    this.#sockets.add(socket);
    // Not the socket's own timeout: that begins anew with every byte.
    const idle = setTimeout(() => socket.destroy(), idleMs).unref();
    const respond = (answer: Buffer) => {
      pending -= 1;
      idle.refresh();
      if (socket.destroyed) return;
      socket.write(withLength(answer));
      if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy();
      else if (hasEnded && pending === 0) socket.end();
      else if (pending < MOST_PENDING) socket.resume();
    };
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(idle);
      this.#sockets.delete(socket);
      leave();
    });
    socket.on('end', () => {
      hasEnded = true;
      if (pending === 0) socket.end();
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of messages.take(chunk)) {
          pending += 1;
          if (resolver.answer(vpcId, message, 'tcp', respond)) idle.refresh();
          else pending -= 1;
        }
      } catch {
        socket.destroy();
      }
      if (pending >= MOST_PENDING) socket.pause();
    });
  }
}
