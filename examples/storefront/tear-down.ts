import type { ApiClient } from '../../src/cli/api-client.ts';
import type { Storefront } from './build.ts';
import {
  deregisterTargets,
  listAll,
  listTargets,
  pause,
  type Summary,
  waitUntilGone,
} from './lattice.ts';
import { tearDownPayments } from './payments.ts';
import { tearDownSecureService } from './secure-service.ts';

/** Deletes all that buildStorefront built, in the order in which the API allows it. */
export const tearDownStorefront = async (
  client: ApiClient,
  storefront: Storefront,
): Promise<void> => {
  const { networkId, serviceId, vpcId, targetGroupIds, payments, accounts, inventory } = storefront;
  const remove = (path: string) => client.call('vpc-lattice', 'DELETE', path);
  for (const path of ['/servicenetworkserviceassociations', '/servicenetworkvpcassociations']) {
    for (const { id } of await listAll<Summary>(client, path, {
      serviceNetworkIdentifier: networkId,
    })) {
      await remove(`${path}/${id}`);
      await waitUntilGone(client, `${path}/${id}`);
    }
  }
  await remove(`/services/${serviceId}`);
  await waitUntilGone(client, `/services/${serviceId}`);
  await tearDownPayments(client, payments);
  for (const service of [accounts, inventory]) await tearDownSecureService(client, service);
  for (const id of targetGroupIds.values()) {
    await emptyTargetGroup(client, id);
    await remove(`/targetgroups/${id}`);
  }
  await remove(`/servicenetworks/${networkId}`);
  const { items } = await client.call<{ items: { address: string; port?: number }[] }>(
    'pergola',
    'GET',
    `/vpcs/${vpcId}/mappings`,
  );
  for (const { address, port } of items) {
    const path = `/vpcs/${vpcId}/mappings/${encodeURIComponent(address)}`;
    await client.call('pergola', 'DELETE', path, { query: { port } });
  }
  await client.ec2('DeleteVpc', { VpcId: vpcId });
};

/** A target group can be deleted once no target of it is left, not even a draining one. */
const emptyTargetGroup = async (client: ApiClient, id: string): Promise<void> => {
  const targets = (await listTargets(client, id)).map((target) => ({
    id: target.id,
    port: target.port,
  }));
  if (targets.length === 0) return;
  await deregisterTargets(client, id, targets);
  for (const start = Date.now(); Date.now() - start < 90_000; await pause(250)) {
    if ((await listTargets(client, id)).length === 0) return;
  }
  throw new Error(`target group ${id} still has targets after 90 s`);
};
