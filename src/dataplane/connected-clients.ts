import { type Share, SharedRoom } from './shared-room.ts';

/** What is asked of a client's connection here. */
export interface ConnectedClient {
  /** It may finish what it is doing. */
  drain(): void;
  destroy(): void;
}

interface OfVpc extends Share {
  /** The service network that they came into. */
  networkId: string | undefined;
  readonly clients: Set<ConnectedClient>;
}

const NOTHING: Readonly<Share> = { count: 0 };

/** The client connections of a worker, by VPC, and for how many more there is room. */
export class ConnectedClients {
  readonly #room: SharedRoom;
  readonly #ofVpcs = new Map<string, OfVpc>();
  #count = 0;
  /** Told when there is no client any more. */
  readonly #waiting: (() => void)[] = [];

  /** @param most altogether */
  constructor(most: number) {
    this.#room = new SharedRoom(most);
  }

  /** Whether several VPCs may have clients. */
  set isShared(isShared: boolean) {
    this.#room.isShared = isShared;
  }

  /** Whether a VPC may have one more. */
  hasRoomFor(vpcId: string): boolean {
    return this.#room.hasRoomFor(this.#ofVpcs.get(vpcId) ?? NOTHING);
  }

  add(vpcId: string, networkId: string, client: ConnectedClient): void {
    let ofVpc = this.#ofVpcs.get(vpcId);
    if (ofVpc === undefined) {
      ofVpc = { networkId, clients: new Set(), count: 0 };
      this.#ofVpcs.set(vpcId, ofVpc);
    }
    ofVpc.networkId = networkId;
    ofVpc.clients.add(client);
    this.#room.take(ofVpc);
    this.#count++;
  }

  /** To be called when it is closed. */
  remove(vpcId: string, client: ConnectedClient): void {
    const ofVpc = this.#ofVpcs.get(vpcId);
    if (!ofVpc?.clients.delete(client)) return;
    this.#room.giveBack(ofVpc);
    if (ofVpc.count === 0) this.#ofVpcs.delete(vpcId);
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
