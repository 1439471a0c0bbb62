import type { Socket } from 'node:net';
import type { Entry } from './http1/client-connection.ts';
import { plainAddress } from './plain-address.ts';
import type { Source, TlsFacts } from './request-head.ts';

/**
 * Where the requests of a connection come from; a portal's are for port 80 unless they name another, and
 * come from where their client says that it is.
 */
export const clientSource = (socket: Socket, entry: Entry, tls?: TlsFacts): Source => ({
  vpcId: entry.vpcId,
  address: entry.address ?? plainAddress(socket.remoteAddress),
  port: socket.remotePort ?? 0,
  listenerPort: entry.listenerPort ?? 80,
  protocol: tls === undefined ? 'http' : 'https',
  ...(tls !== undefined && {
    tls: { serverName: tls.serverName, cipher: tls.cipher, version: tls.version },
  }),
});
