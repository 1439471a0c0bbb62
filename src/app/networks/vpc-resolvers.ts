import type { ResolverSockets } from '../../underlay/bind-resolver.ts';

export interface VpcResolversOptions {
  /** @throws Error when the address is not to be had. */
  readonly open: (vpcId: string, address: string) => ResolverSockets;
  readonly acceptor: {
    resolve(vpcId: string, address: string, sockets: ResolverSockets): void;
    unresolve(vpcId: string, address: string): void;
  };
}

/** The sockets on which workers answer for names inside the networks of VPCs. */
export class VpcResolvers {
  readonly #options: VpcResolversOptions;
  /** By VPC, then by address. */
  readonly #open = new Map<string, Map<string, ResolverSockets>>();

  constructor(options: VpcResolversOptions) {
    this.#options = options;
  }

  /** Those that are there already stay. @throws Error when an address is not to be had. */
  open(vpcId: string, addresses: readonly string[]): void {
    const ofVpc = this.#open.get(vpcId) ?? new Map<string, ResolverSockets>();
    this.#open.set(vpcId, ofVpc);
    for (const address of addresses) {
      if (ofVpc.has(address)) continue;
      const sockets = this.#options.open(vpcId, address);
      ofVpc.set(address, sockets);
      this.#options.acceptor.resolve(vpcId, address, sockets);
    }
  }

  close(vpcId: string): void {
    for (const [address, sockets] of this.#open.get(vpcId) ?? []) {
      this.#options.acceptor.unresolve(vpcId, address);
      sockets.close();
    }
    this.#open.delete(vpcId);
  }
}
