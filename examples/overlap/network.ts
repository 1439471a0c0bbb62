import type { ApiClient } from '../../src/cli/api-client.ts';
import { associateService, type Summary, waitUntilActive } from '../storefront/lattice.ts';
import { createSecurityGroup, type Machine, portRule } from './machines.ts';
import { isTarget, SUBNET_BLOCK, TARGET_PORT } from './topology.ts';

export interface Service {
  readonly name: string;
  readonly host: string;
  readonly targetGroupId: string;
}

export interface Network {
  readonly services: readonly Service[];
  /** The security group of the association of the clients' VPC. */
  readonly callersGroupId: string;
}

const create = async <Answer = Summary>(
  client: ApiClient,
  path: string,
  body: object,
): Promise<Answer> => {
  const answer = await client.call<Answer & Summary>('vpc-lattice', 'POST', path, { body });
  await waitUntilActive(client, `${path}/${answer.id}`);
  return answer;
};

/** A service for each target, and the network that has all of them and the VPC of this client. */
export const buildNetwork = async (
  client: ApiClient,
  machines: readonly Machine[],
  shop: Machine,
): Promise<Network> => {
  const network = await create(client, '/servicenetworks', { name: 'overlap' });
  const services: Service[] = [];
  for (const machine of machines.filter(({ plan }) => isTarget(plan))) {
    services.push(await buildService(client, network.id, machine));
  }
  const callersGroupId = await createSecurityGroup(client, shop.vpcId, 'callers');
  await changeCallersRule(client, callersGroupId, 'AuthorizeSecurityGroupIngress');
  await create(client, '/servicenetworkvpcassociations', {
    serviceNetworkIdentifier: network.id,
    vpcIdentifier: shop.vpcId,
    securityGroupIds: [callersGroupId],
  });
  return { services, callersGroupId };
};

const buildService = async (
  client: ApiClient,
  networkId: string,
  { plan: { name }, vpcId, address }: Machine,
): Promise<Service> => {
  const group = await create(client, '/targetgroups', {
    name,
    type: 'IP',
    config: {
      port: TARGET_PORT,
      protocol: 'HTTP',
      vpcIdentifier: vpcId,
      ipAddressType: address.includes(':') ? 'IPV6' : 'IPV4',
      healthCheck: { enabled: true, healthCheckIntervalSeconds: 5, healthyThresholdCount: 2 },
    },
  });
  await client.call('vpc-lattice', 'POST', `/targetgroups/${group.id}/registertargets`, {
    body: { targets: [{ id: address }] },
  });
  const { id, dnsEntry } = await create<Summary & { dnsEntry: { domainName: string } }>(
    client,
    '/services',
    { name },
  );
  await create(client, `/services/${id}/listeners`, {
    name: 'http',
    protocol: 'HTTP',
    port: 80,
    defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: group.id }] } },
  });
  await associateService(client, networkId, id);
  return { name, host: dnsEntry.domainName, targetGroupId: group.id };
};

/** Lets clients of the subnet in, or keeps them out. */
export const changeCallersRule = (
  client: ApiClient,
  groupId: string,
  action: 'AuthorizeSecurityGroupIngress' | 'RevokeSecurityGroupIngress',
): Promise<string> =>
  client.ec2(action, {
    GroupId: groupId,
    ...portRule(80),
    'IpPermissions.1.IpRanges.1.CidrIp': SUBNET_BLOCK,
  });
