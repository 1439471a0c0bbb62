import type { ApiClient } from '../../src/cli/api-client.ts';
import type { Machine } from './machines.ts';
import type { Service } from './network.ts';

/** All that there is while the story is told. */
export interface Stage {
  readonly underlay: Underlay;
  readonly dataDir: string;
  /** Of the account of the network. */
  readonly client: ApiClient;
  /** Targets, in the order of their services. */
  readonly targets: readonly Target[];
  readonly services: readonly Service[];
  /** The client whose VPC is in the network. */
  readonly shop: Machine;
  /** The client whose VPC is not. */
  readonly lobby: Machine;
  readonly callersGroupId: string;
}

export type Underlay = 'loopback' | 'netns';

export interface Target extends Machine {
  /** The port at which its process listens: with loopback, of this machine. */
  readonly port: number;
}
