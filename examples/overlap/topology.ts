/** What the example consists of: facts only; build.ts makes it so through the API. */

export interface VpcPlan {
  /** Of the VPC, of the machine in it, and of the service that the machine is a target of, if it is one. */
  readonly name: string;
  /** Who owns the VPC. */
  readonly account: string;
  /** Of the machine. Undefined: one of the subnet's IPv6 block, the only one that it answers at. */
  readonly address?: string;
}

/** Everybody else thinks that this block is theirs alone, too. */
export const CIDR_BLOCK = '10.0.0.0/16';
export const SUBNET_BLOCK = '10.0.0.0/24';

/** Where the network, its services and the clients belong. */
export const NETWORK_ACCOUNT = 'default';

/** Each in an account of its own, which shares its subnet with the account of the network. */
export const TARGET_VPCS: readonly VpcPlan[] = [
  { name: 'orders', account: 'orders', address: '10.0.0.5' },
  { name: 'stock', account: 'stock', address: '10.0.0.5' },
  { name: 'prices', account: 'prices' },
];

/** The VPC that is in the network. */
export const SHOP: VpcPlan = { name: 'shop', account: NETWORK_ACCOUNT, address: '10.0.0.5' };

/** A VPC that is not. */
export const LOBBY: VpcPlan = { name: 'lobby', account: NETWORK_ACCOUNT, address: '10.0.0.5' };

export const TARGET_PORT = 8080;

/** Whether the machine there is a target, and no client. */
export const isTarget = (plan: VpcPlan): boolean => TARGET_VPCS.includes(plan);
