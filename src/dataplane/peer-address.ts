import type { Socket } from 'node:net';

/**
 * Undefined: it is gone, or Node cannot tell (it throws for a link-local address on a link of a network
 * that is not this process's own, which any client there may have).
 */
export const peerAddress = (socket: Pick<Socket, 'remoteAddress'>): string | undefined => {
  try {
    return socket.remoteAddress;
  } catch {
    return undefined;
  }
};
