import { createSocket, type Socket } from 'node:dgram';
import type { Resolver } from './resolver.ts';

export interface UdpClientsOptions {
  readonly vpcId: string;
  readonly resolver: Resolver;
  readonly type: 'udp4' | 'udp6';
  readonly onError: (error: Error) => void;
}

/** Answers the clients that ask by UDP. */
export class UdpClients {
  readonly #socket: Socket;
  #isClosed = false;

  /** `handle` is bound, and as `dgram.Socket.bind` takes it. */
  constructor(handle: unknown, { vpcId, resolver, type, onError }: UdpClientsOptions) {
    const socket = createSocket(type);
    this.#socket = socket;
    socket.on('error', onError);
    socket.on('message', (packet, { address, port }) => {
      // Whoever writes packets by hand can send from there, but nobody can send to it (RFC 768).
      if (port === 0) return;
      resolver.answer(vpcId, packet, 'udp', (answer) => {
        // A client that is gone is no concern of ours.
        if (!this.#isClosed) socket.send(answer, port, address, () => {});
      });
    });
    socket.bind(handle as { fd: number });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close();
  }
}
