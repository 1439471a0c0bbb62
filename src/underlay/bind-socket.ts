import net from 'node:net';

/** A bound TCP socket as `net.Server.listen` and IPC take it. */
export interface BoundHandle {
  /** Also tells of a failed `bind`, which libuv reports late. */
  getsockname(out: { port?: number }): number;
  close(): void;
}

type CreateServerHandle = (
  address: string,
  port: number,
  addressType: 4 | 6,
) => BoundHandle | number;

/**
 * Binds without listening: a process that listens also accepts, and the one that hands sockets to
 * others must not. Node's own `cluster` makes its shared sockets with this function; the public
 * `net.BoundSocket` cannot be sent to another process.
 */
const { _createServerHandle: createServerHandle } = net as unknown as {
  _createServerHandle: CreateServerHandle;
};

/** @returns undefined when the port is taken or not allowed. `port` 0 takes any free one. */
export const bindSocket = (
  host: string,
  port: number,
): { handle: BoundHandle; port: number } | undefined => {
  const handle = createServerHandle(host, port, net.isIPv6(host) ? 6 : 4);
  if (typeof handle === 'number') {
    return undefined;
  }
  const name: { port?: number } = {};
  if (handle.getsockname(name) !== 0 || name.port === undefined) {
    handle.close();
    return undefined;
  }
  return { handle, port: name.port };
};
