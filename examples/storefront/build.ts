import type { ApiClient } from '../../src/cli/api-client.ts';
import {
  associateService,
  findOrCreate,
  findOrCreateVpc,
  listAll,
  type Summary,
  waitUntilActive,
} from './lattice.ts';
import { buildPayments, type Payments } from './payments.ts';
import { buildSecureService, type SecureService } from './secure-service.ts';
import {
  ACCOUNTS_TARGET_GROUP,
  CIDR_BLOCK,
  DEFAULT_TARGET_GROUP,
  INVENTORY_TARGET_GROUP,
  PAYMENTS_TARGET_GROUP,
  RULES,
  TARGET_GROUPS,
  TARGET_PORTS,
} from './topology.ts';

/** Everything that was built; maps are keyed by the names in topology.ts. */
export interface Storefront {
  readonly vpcId: string;
  readonly networkId: string;
  readonly serviceId: string;
  readonly listenerId: string;
  /** The custom domain name of the service; it has a generated one, too. */
  readonly host: string;
  readonly targetGroupIds: ReadonlyMap<string, string>;
  readonly ruleIds: ReadonlyMap<string, string>;
  readonly payments: Payments;
  readonly accounts: SecureService;
  readonly inventory: SecureService;
}

const HEALTH_CHECK = {
  enabled: true,
  path: '/health',
  healthCheckIntervalSeconds: 5,
  healthCheckTimeoutSeconds: 2,
  healthyThresholdCount: 2,
  unhealthyThresholdCount: 2,
};

/**
 * Builds the storefront through the API, or completes what is there: what exists under the same
 * name stays as it is, so weights that someone has shifted survive a restart. `prefix` goes
 * before every name; `ports` says on which local port each target listens.
 */
export const buildStorefront = async (
  client: ApiClient,
  prefix: string,
  ports: ReadonlyMap<string, number>,
): Promise<Storefront> => {
  const vpcId = await findOrCreateVpc(client, `${prefix}shop`, CIDR_BLOCK);
  const network = await findOrCreate(client, '/servicenetworks', { name: `${prefix}shop` });
  await associateVpc(client, network.id, vpcId);
  await mapAddresses(client, vpcId, ports);

  const targetGroupIds = new Map<string, string>();
  for (const plan of TARGET_GROUPS) {
    const group = await findOrCreate(client, '/targetgroups', {
      name: `${prefix}${plan.name}`,
      type: plan.type,
      config: {
        port: TARGET_PORTS[plan.protocol],
        protocol: plan.protocol,
        protocolVersion: plan.protocolVersion,
        vpcIdentifier: vpcId,
        healthCheck: {
          ...HEALTH_CHECK,
          protocol: plan.protocol,
          // Targets for gRPC have to say by which HTTP they are checked.
          protocolVersion: plan.protocolVersion === undefined ? 'HTTP1' : 'HTTP2',
        },
      },
    });
    await waitUntilActive(client, `/targetgroups/${group.id}`);
    await client.call('vpc-lattice', 'POST', `/targetgroups/${group.id}/registertargets`, {
      body: {
        targets: plan.targets.map(({ address }) => ({
          id: address,
          port: TARGET_PORTS[plan.protocol],
        })),
      },
    });
    targetGroupIds.set(plan.name, group.id);
  }

  const host = `${prefix}storefront.example`;
  const { id: serviceId } = await findOrCreate(client, '/services', {
    name: `${prefix}storefront`,
    customDomainName: host,
  });
  await waitUntilActive(client, `/services/${serviceId}`);
  const forward = (weights: Readonly<Record<string, number>>) => ({
    forward: { targetGroups: toWeights(weights, targetGroupIds) },
  });
  const listener = await findOrCreate(client, `/services/${serviceId}/listeners`, {
    name: 'http',
    protocol: 'HTTP',
    port: 80,
    defaultAction: forward({ [DEFAULT_TARGET_GROUP]: 100 }),
  });
  const ruleIds = new Map<string, string>();
  for (const { name, priority, httpMatch, forward: weights } of RULES) {
    const rule = await findOrCreate(
      client,
      `/services/${serviceId}/listeners/${listener.id}/rules`,
      {
        name,
        priority,
        match: { httpMatch },
        action: forward(weights),
      },
    );
    ruleIds.set(name, rule.id);
  }
  await associateService(client, network.id, serviceId);
  const placeOf = (targetGroup: string) => ({
    networkId: network.id,
    targetGroupId: targetGroupIds.get(targetGroup) ?? '',
  });
  const payments = await buildPayments(client, prefix, placeOf(PAYMENTS_TARGET_GROUP));
  const accounts = await buildSecureService(
    client,
    prefix,
    'accounts',
    placeOf(ACCOUNTS_TARGET_GROUP),
  );
  const inventory = await buildSecureService(
    client,
    prefix,
    'inventory',
    placeOf(INVENTORY_TARGET_GROUP),
  );
  return {
    vpcId,
    networkId: network.id,
    serviceId,
    listenerId: listener.id,
    host,
    targetGroupIds,
    ruleIds,
    payments,
    accounts,
    inventory,
  };
};

/** The `targetGroups` of a forward action, from names and weights. */
export const toWeights = (
  weights: Readonly<Record<string, number>>,
  targetGroupIds: ReadonlyMap<string, string>,
) =>
  Object.entries(weights).map(([name, weight]) => ({
    targetGroupIdentifier: targetGroupIds.get(name),
    weight,
  }));

const associateVpc = async (client: ApiClient, networkId: string, vpcId: string) => {
  const path = '/servicenetworkvpcassociations';
  const [found] = await listAll<Summary>(client, path, { vpcIdentifier: vpcId });
  const association =
    found ??
    (await client.call<Summary>('vpc-lattice', 'POST', path, {
      body: { serviceNetworkIdentifier: networkId, vpcIdentifier: vpcId },
    }));
  await waitUntilActive(client, `${path}/${association.id}`);
};

/** Target processes listen on a new port at each start; the addresses in the VPC stay. */
const mapAddresses = async (
  client: ApiClient,
  vpcId: string,
  ports: ReadonlyMap<string, number>,
) => {
  for (const { protocol, targets } of TARGET_GROUPS) {
    for (const { name, address } of targets) {
      const mapping = { address, port: TARGET_PORTS[protocol] };
      await client.call('pergola', 'PUT', `/vpcs/${vpcId}/mappings`, {
        body: { ...mapping, host: '127.0.0.1', hostPort: ports.get(name) },
      });
    }
  }
};
