import { Socket, type SocketConstructorOpts } from 'node:net';
import { bindSocket } from '../../src/underlay/bind-socket.ts';
import type { NamespaceEntry } from '../../src/underlay/netns/namespace-entry.ts';

/** Where programs run that are not in this machine's own network. */
export interface Place {
  /** As ip-netns(8) has it. */
  readonly namespace: string;
  /** Of it, IPv4. */
  readonly address: string;
  /** A connection from there, made by this process. */
  dial(host: string, port: number): Socket;
}

/** How clients in a namespace reach something. */
export interface Approach {
  readonly from: Place;
  /** At which they find it. */
  readonly address: string;
}

export const placeIn = (entry: NamespaceEntry, namespace: string, address: string): Place => ({
  namespace,
  address,
  dial: (host, port) => {
    const bound = entry.within(namespace, () => bindSocket(address, 0));
    if (bound === undefined) throw new Error(`\`${address}\` is not in \`${namespace}\``);
    // Without `manualStart`, which Node's types leave out as they do what may be a handle, it would be
    // read before it is connected.
    const options: object = { handle: bound.handle, manualStart: true };
    return new Socket(options as SocketConstructorOpts).connect({ host, port });
  },
});
