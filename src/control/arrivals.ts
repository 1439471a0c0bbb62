import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How far requests have come in, so that a server that closes knows whom it need not wait for. */
export class Arrivals {
  /** By connection: its requests with a complete head that are not answered yet. */
  readonly #requests = new Map<Socket, Set<IncomingMessage>>();

  connected(socket: Socket): void {
    this.#requests.set(socket, new Set());
    socket.once('close', () => this.#requests.delete(socket));
  }

  /** A request whose head is complete. */
  arrived(request: IncomingMessage, response: ServerResponse): void {
    const requests = this.#requests.get(request.socket);
    requests?.add(request);
    response.once('close', () => requests?.delete(request));
  }

  /** Ends connections on which nothing, or only a part of a head, has arrived. */
  endHeadless(): void {
    this.#end((requests) => requests.size === 0);
  }

  /** Ends connections on which a request is not there to its end. */
  endIncomplete(): void {
    this.#end((requests) => [...requests].every(({ complete }) => !complete));
  }

  #end(isToEnd: (requests: ReadonlySet<IncomingMessage>) => boolean): void {
    for (const [socket, requests] of this.#requests) {
      if (isToEnd(requests)) {
        socket.destroy();
      }
    }
  }
}
