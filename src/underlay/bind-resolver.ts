import { bindDatagram } from './bind-datagram.ts';
import { type BoundHandle, bindSocket } from './bind-socket.ts';

/** Where names are asked for: DNS is spoken on both. */
export interface ResolverSockets {
  readonly udp: BoundHandle;
  readonly tcp: BoundHandle;
  close(): void;
}

/** For port 0: a port that UDP has just given may be taken for TCP. */
const ATTEMPTS = 8;

/** Binds one port for UDP and TCP; undefined when either is taken. `port` 0 takes any free one. */
export const bindResolver = (
  host: string,
  port: number,
): { handle: ResolverSockets; port: number } | undefined => {
  for (let attempt = 0; attempt < (port === 0 ? ATTEMPTS : 1); attempt += 1) {
    const udp = bindDatagram(host, port);
    const tcp = udp && bindSocket(host, udp.port);
    if (udp !== undefined && tcp !== undefined) {
      const close = () => {
        udp.handle.close();
        tcp.handle.close();
      };
      return { handle: { udp: udp.handle, tcp: tcp.handle, close }, port: udp.port };
    }
    udp?.handle.close();
  }
  return undefined;
};
