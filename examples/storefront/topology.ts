/** What the storefront consists of: facts only; build.ts makes it so through the API. */

export interface TargetPlan {
  /** Name of the process, shown in its answers. */
  readonly name: string;
  /** An IP address of the VPC, or an instance id. */
  readonly address: string;
  /** Its health check fails. */
  readonly isFailing?: boolean;
}

export interface TargetGroupPlan {
  readonly name: string;
  readonly type: 'IP' | 'INSTANCE';
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly protocolVersion?: 'GRPC';
  readonly targets: readonly TargetPlan[];
}

export interface RulePlan {
  readonly name: string;
  readonly priority: number;
  readonly httpMatch: Readonly<Record<string, unknown>>;
  /** Target group name -> weight. */
  readonly forward: Readonly<Record<string, number>>;
}

const path = (prefix: string) => ({ pathMatch: { match: { prefix } } });

export const TARGET_PORTS = { HTTP: 80, HTTPS: 443 } as const;
export const CIDR_BLOCK = '10.0.0.0/16';

/** The monolith is an instance; what was taken out of it so far runs on addresses of the VPC. */
export const TARGET_GROUPS: readonly TargetGroupPlan[] = [
  {
    name: 'monolith',
    type: 'INSTANCE',
    protocol: 'HTTP',
    targets: [{ name: 'monolith', address: 'i-0a1b2c3d4e5f60718' }],
  },
  {
    name: 'catalog-v1',
    type: 'IP',
    protocol: 'HTTP',
    targets: [
      { name: 'catalog-v1-a', address: '10.0.1.11' },
      { name: 'catalog-v1-b', address: '10.0.1.12' },
    ],
  },
  {
    name: 'catalog-v2',
    type: 'IP',
    protocol: 'HTTP',
    targets: [{ name: 'catalog-v2-a', address: '10.0.1.21' }],
  },
  {
    name: 'cart',
    type: 'IP',
    protocol: 'HTTP',
    targets: [
      { name: 'cart-a', address: '10.0.2.11' },
      { name: 'cart-b', address: '10.0.2.12' },
      { name: 'cart-c', address: '10.0.2.13', isFailing: true },
    ],
  },
  {
    name: 'orders',
    type: 'IP',
    protocol: 'HTTP',
    targets: [{ name: 'orders-a', address: '10.0.3.11' }],
  },
  {
    name: 'payments',
    type: 'IP',
    protocol: 'HTTP',
    targets: [{ name: 'payments-a', address: '10.0.4.11' }],
  },
  {
    name: 'accounts',
    type: 'IP',
    protocol: 'HTTPS',
    targets: [{ name: 'accounts-a', address: '10.0.5.11' }],
  },
  {
    name: 'inventory',
    type: 'IP',
    protocol: 'HTTP',
    protocolVersion: 'GRPC',
    targets: [
      { name: 'inventory-a', address: '10.0.6.11' },
      { name: 'inventory-b', address: '10.0.6.12' },
    ],
  },
];

export const RULES: readonly RulePlan[] = [
  // Beta testers see the new catalog only; others by weight (blue/green).
  {
    name: 'catalog-beta',
    priority: 10,
    httpMatch: {
      ...path('/catalog'),
      headerMatches: [{ name: 'x-beta', match: { exact: 'true' } }],
    },
    forward: { 'catalog-v2': 100 },
  },
  {
    name: 'catalog',
    priority: 20,
    httpMatch: path('/catalog'),
    forward: { 'catalog-v1': 90, 'catalog-v2': 10 },
  },
  { name: 'cart', priority: 30, httpMatch: path('/cart'), forward: { cart: 100 } },
  // Orders are placed in the new service, and still read from the monolith.
  {
    name: 'place-order',
    priority: 40,
    httpMatch: { method: 'POST', ...path('/orders') },
    forward: { orders: 100 },
  },
];

/** Where everything goes that no rule takes. */
export const DEFAULT_TARGET_GROUP = 'monolith';

/** The target group of the second service, `payments`, which asks who calls. */
export const PAYMENTS_TARGET_GROUP = 'payments';

/** The target group of the third service, `accounts`: encrypted up to the service, and behind it again. */
export const ACCOUNTS_TARGET_GROUP = 'accounts';

/** The target group of the fourth service, `inventory`, which speaks gRPC. */
export const INVENTORY_TARGET_GROUP = 'inventory';
