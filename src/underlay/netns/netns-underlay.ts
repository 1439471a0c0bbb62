import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { type BoundHandle, bindSocket } from '../bind-socket.ts';
import { type Entrance, PortTakenError, type Underlay } from '../underlay.ts';
import type { NamespaceEntry } from './namespace-entry.ts';
import { routerNamespace } from './network-names.ts';
import { DIAL_ADDRESSES } from './plan-vpc.ts';

export interface NetnsOptions {
  readonly prefix: string;
  readonly entry: Pick<NamespaceEntry, 'within'>;
}

/**
 * A VPC is a network namespace of this machine. Sockets are made in it by this process, which goes
 * there for that moment, and work wherever they are handed on to: whoever accepts or dials with
 * them needs no privilege, and no process has to wait inside.
 */
export class NetnsUnderlay implements Underlay {
  readonly #options: NetnsOptions;

  constructor(options: NetnsOptions) {
    this.#options = options;
  }

  /** For every address of services, of either family, at one port. */
  open(vpcId: string, port = 0): Entrance {
    const bound = this.#within(vpcId, () => bindSocket('::', port) ?? bindSocket('0.0.0.0', port));
    if (bound === undefined) {
      throw new PortTakenError(port, `port ${port} in ${vpcId} is in use`);
    }
    let isClosed = false;
    return {
      vpcId,
      port: bound.port,
      handle: bound.handle,
      close: () => {
        // Once only: by the second time the descriptor may be another socket's.
        if (!isClosed) bound.handle.close();
        isClosed = true;
      },
    };
  }

  /**
   * Sockets that can be connected to an address in the VPC. They are bound to the address that its
   * targets are to see.
   * @throws Error when the VPC has no network.
   */
  openForDial(vpcId: string, family: 4 | 6, count: number): readonly BoundHandle[] {
    return this.#within(vpcId, () =>
      Array.from({ length: count }, () => bindSocket(DIAL_ADDRESSES[family], 0)?.handle),
    ).filter((handle) => handle !== undefined);
  }

  /**
   * A TCP socket at one address of the VPC's router, on which nobody listens yet.
   * @throws Error when the VPC has no network, PortTakenError when the address is not to be had.
   */
  openAt(vpcId: string, address: string, port: number): BoundHandle {
    const bound = this.#within(vpcId, () => bindSocket(address, port));
    if (bound === undefined) throw cannotBeHad(vpcId, address, port);
    return bound.handle;
  }

  /**
   * A UDP socket at one address of the VPC's router.
   * @throws Error when the VPC has no network, PortTakenError when the address is not to be had.
   */
  openDatagram(vpcId: string, address: string, port: number): DatagramSocket {
    const family = address.includes(':') ? 6 : 4;
    const socket = this.#within(vpcId, () => {
      // There is nothing to look up, and by the time that Node had done it this would be left again.
      const made = createSocket({
        type: `udp${family}`,
        lookup: (name, _options, callback) => callback(null, name, family),
      });
      let isRefused = false;
      const refuse = () => {
        isRefused = true;
      };
      made.once('error', refuse);
      made.bind({ address, port, exclusive: true });
      made.off('error', refuse);
      return isRefused ? undefined : made;
    });
    if (socket === undefined) throw cannotBeHad(vpcId, address, port);
    return socket;
  }

  #within<T>(vpcId: string, run: () => T): T {
    return this.#options.entry.within(routerNamespace(this.#options.prefix, vpcId), run);
  }
}

const cannotBeHad = (vpcId: string, address: string, port: number) =>
  new PortTakenError(port, `address ${address} port ${port} in ${vpcId} cannot be had`);
