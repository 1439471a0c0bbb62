/** What is asked of a client's connection here. */
export interface ConnectedClient {
  /** It may finish what it is doing. */
  drain(): void;
  destroy(): void;
}

interface OfVpc {
  /** The service network that they came into. */
  networkId: string | undefined;
  readonly clients: Set<ConnectedClient>;
}

/** The client connections of a worker, by VPC, and for how many more there is room. */
export class ConnectedClients {
  readonly #most: number;
  readonly #ofVpcs = new Map<string, OfVpc>();
  #count = 0;
  /** Told when there is no client any more. */
  readonly #waiting: (() => void)[] = [];

  /** @param most altogether */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Whether a VPC may have one more. Where VPCs share the limit none may have more than are free for
   * the others: a single one gets half of it, two a third each, and whoever comes finds room. (The
   * rule is that of dynamic thresholds for buffers of switches, Choudhury and Hahne, 1998.) As long
   * as less than half of all are in use, it keeps nobody out.
   */
  hasRoomFor(vpcId: string, isShared: boolean): boolean {
    const free = this.#most - this.#count;
    if (free <= 0 || !isShared) return free > 0;
    return (this.#ofVpcs.get(vpcId)?.clients.size ?? 0) < free;
  }

  add(vpcId: string, networkId: string, client: ConnectedClient): void {
    let ofVpc = this.#ofVpcs.get(vpcId);
    if (ofVpc === undefined) {
      ofVpc = { networkId, clients: new Set() };
      this.#ofVpcs.set(vpcId, ofVpc);
    }
    ofVpc.networkId = networkId;
    ofVpc.clients.add(client);
    this.#count++;
  }

  /** To be called when it is closed. */
  remove(vpcId: string, client: ConnectedClient): void {
    const ofVpc = this.#ofVpcs.get(vpcId);
    if (!ofVpc?.clients.delete(client)) return;
    if (ofVpc.clients.size === 0) this.#ofVpcs.delete(vpcId);
    if (--this.#count === 0) for (const tell of this.#waiting.splice(0)) tell();
  }

  /** Ends those of VPCs that are in another network now than when they came, or in none. */
  destroyMoved(networkOf: (vpcId: string) => string | undefined): void {
    for (const [vpcId, ofVpc] of this.#ofVpcs) {
      const networkId = networkOf(vpcId);
      if (networkId === ofVpc.networkId) continue;
      ofVpc.networkId = networkId;
      for (const client of ofVpc.clients) client.destroy();
    }
  }

  drain(): void {
    for (const { clients } of this.#ofVpcs.values()) for (const client of clients) client.drain();
  }

  destroy(): void {
    for (const { clients } of this.#ofVpcs.values()) for (const client of clients) client.destroy();
  }

  /** Resolves when there is none any more; nothing new may be accepted. */
  allClosed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#count === 0) resolve();
      else this.#waiting.push(resolve);
    });
  }
}
