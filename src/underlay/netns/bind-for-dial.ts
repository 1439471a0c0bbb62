import { closeSync } from 'node:fs';
import net, { isIPv6 } from 'node:net';
import type { BoundHandle } from '../bind-socket.ts';
import { openCLibrary } from '../c-library.ts';

/**
 * A TCP socket that is bound to an address and has no port yet; undefined when the system gives none,
 * or not with that address.
 */
export type BindForDial = (address: string) => BoundHandle | undefined;

/** The numbers of Linux: socket(2), ip(7). */
const AF_INET = 2;
const AF_INET6 = 10;
const STREAM_NONBLOCK_CLOEXEC = 0x1 | 0x800 | 0x80000;
const SOL_IP = 0;
const IP_BIND_ADDRESS_NO_PORT = 24;

const YES = Uint8Array.of(1, 0, 0, 0);

interface TcpHandle extends BoundHandle {
  bind(address: string, port: number): number;
  bind6(address: string, port: number, flags: number): number;
}

/** See `bindSocket`; here of a descriptor. */
const { _createServerHandle: handleOf } = net as unknown as {
  _createServerHandle: (
    address: undefined,
    port: undefined,
    addressType: undefined,
    descriptor: number,
  ) => TcpHandle | number;
};

/**
 * A socket that is bound has a port at once, which no other can have until it is closed: all
 * connections of an address together would be as many as there are ports. With
 * IP_BIND_ADDRESS_NO_PORT (ip(7)) `connect` draws it, and it need only differ from those of other connections to
 * the same address and port. Node has no call for that.
 *
 * Leaving the address to routes instead would leave out SO_REUSEADDR as well, which comes with libuv's `bind`: then
 * nobody could listen on a port that some connection has as its own.
 * @throws Error when this Node cannot call the C library.
 */
export const openBindForDial = (): BindForDial => {
  const { socket, setsockopt } = openCLibrary({
    socket: { arguments: ['i32', 'i32', 'i32'], return: 'i32' },
    setsockopt: { arguments: ['i32', 'i32', 'i32', 'buffer', 'i32'], return: 'i32' },
  });
  return (address) => {
    const isSix = isIPv6(address);
    const descriptor = socket(isSix ? AF_INET6 : AF_INET, STREAM_NONBLOCK_CLOEXEC, 0);
    if (descriptor < 0) return undefined;
    setsockopt(descriptor, SOL_IP, IP_BIND_ADDRESS_NO_PORT, YES, YES.length);
    const handle = handleOf(undefined, undefined, undefined, descriptor);
    if (typeof handle === 'number') {
      closeSync(descriptor);
      return undefined;
    }
    const failed = isSix ? handle.bind6(address, 0, 0) : handle.bind(address, 0);
    // libuv reports some failures of `bind` late.
    if (failed === 0 && handle.getsockname({}) === 0) return handle;
    handle.close();
    return undefined;
  };
};
