import { isIPv6 } from 'node:net';
import type { BoundHandle } from './bind-socket.ts';

interface DatagramHandle extends BoundHandle {
  bind(address: string, port: number, flags: number): number;
  bind6(address: string, port: number, flags: number): number;
}

/**
 * A `dgram.Socket` reads from the moment on at which it is bound; this is the socket alone, which
 * others read from. Node's `dgram` makes its own of the same class.
 */
const { UDP } = (
  process as unknown as { binding(name: 'udp_wrap'): { UDP: new () => DatagramHandle } }
).binding('udp_wrap');

/** A UDP socket as `dgram.Socket.bind` and IPC take it; undefined when the port is taken or not allowed. */
export const bindDatagram = (
  host: string,
  port: number,
): { handle: BoundHandle; port: number } | undefined => {
  const handle = new UDP();
  const failed = isIPv6(host) ? handle.bind6(host, port, 0) : handle.bind(host, port, 0);
  const name: { port?: number } = {};
  if (failed !== 0 || handle.getsockname(name) !== 0 || name.port === undefined) {
    handle.close();
    return undefined;
  }
  return { handle, port: name.port };
};
