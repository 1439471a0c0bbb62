import type { Socket } from 'node:net';

type Ends = Pick<Socket, 'remoteAddress' | 'localAddress'>;

/**
 * The address of one end. Undefined: it is gone, or Node cannot tell (it throws for a link-local address
 * on a link of a network that is not this process's own, which any client there may have).
 */
export const socketAddress = <End extends keyof Ends>(
  socket: Pick<Ends, End>,
  end: End,
): string | undefined => {
  try {
    return socket[end];
  } catch {
    return undefined;
  }
};
