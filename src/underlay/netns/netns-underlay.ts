import { DIAL_ADDRESSES } from '../../lattice/service-address.ts';
import { bindResolver, type ResolverSockets } from '../bind-resolver.ts';
import { type BoundHandle, bindSocket } from '../bind-socket.ts';
import { type Entrance, PortTakenError, type Underlay } from '../underlay.ts';
import { openBindForDial } from './bind-for-dial.ts';
import type { NamespaceEntry } from './namespace-entry.ts';
import { routerNamespace } from './network-names.ts';

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
  readonly #bindForDial = openBindForDial();

  constructor(options: NetnsOptions) {
    this.#options = options;
  }

  /**
   * For every address of services, of either family, at one port. A socket for all addresses would
   * take those of the VPC's resolver too, so there is none for its port.
   */
  open(vpcId: string, port = 0): Entrance {
    if (port === DNS_PORT) {
      throw new PortTakenError(
        port,
        `DNS has port ${port} in ${vpcId}: create the listener with another port`,
      );
    }
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
   * targets are to see; fewer than `count` when the system gives no more.
   * @throws Error when the VPC has no network.
   */
  openForDial(vpcId: string, family: 4 | 6, count: number): readonly BoundHandle[] {
    return this.#within(vpcId, () =>
      Array.from({ length: count }, () => this.#bindForDial(DIAL_ADDRESSES[family])),
    ).filter((handle) => handle !== undefined);
  }

  /**
   * Sockets for names at one address of the VPC's router, on which nobody listens yet.
   * @throws Error when the VPC has no network, PortTakenError when the address is not to be had.
   */
  openResolver(vpcId: string, address: string): ResolverSockets {
    const bound = this.#within(vpcId, () => bindResolver(address, DNS_PORT));
    if (bound === undefined) {
      throw new PortTakenError(
        DNS_PORT,
        `address ${address} port ${DNS_PORT} in ${vpcId} cannot be had`,
      );
    }
    return bound.handle;
  }

  #within<T>(vpcId: string, run: () => T): T {
    return this.#options.entry.within(routerNamespace(this.#options.prefix, vpcId), run);
  }
}

const DNS_PORT = 53;
