import { formatEndpoint } from '../../src/cli/endpoint.ts';
import { table } from '../../src/cli/table.ts';
import { listTargets } from '../storefront/lattice.ts';
import { check, heading, say } from '../storefront/narrator.ts';
import { waitUntilChecked } from '../storefront/run.ts';
import type { Stage } from './stage.ts';
import { isTarget } from './topology.ts';

/** Who is where, and that health checks find the targets there. */
export const tellMachines = async ({
  underlay,
  client,
  targets,
  services,
  shop,
  lobby,
}: Stage): Promise<readonly object[]> => {
  heading('The same block in every VPC, and nearly everybody at the same address');
  const ports = new Map(targets.map(({ plan, port }) => [plan, port]));
  const machines = [...targets, shop, lobby].map(({ plan, block, address, vpcId, instanceId }) => ({
    vpc: plan.name,
    vpcId,
    account: plan.account,
    subnet: block,
    instanceId,
    address,
    role: isTarget(plan) ? 'target' : 'client',
    ...(underlay === 'loopback' &&
      ports.has(plan) && { mappedTo: formatEndpoint('127.0.0.1', ports.get(plan)) }),
  }));
  const isMapped = underlay === 'loopback';
  say(
    table(
      ['VPC', 'ACCOUNT', 'SUBNET', 'MACHINE', 'ADDRESS', ...(isMapped ? ['MAPPED TO'] : [])],
      machines.map(({ vpc, account, subnet, role, address, mappedTo }) => [
        vpc,
        account,
        subnet,
        role,
        address,
        ...(isMapped ? [mappedTo ?? '-'] : []),
      ]),
      { indent: '  ' },
    ),
  );
  const groups = new Map(services.map(({ name, targetGroupId }) => [name, targetGroupId]));
  await waitUntilChecked(client, groups);
  const statuses = await Promise.all(
    services.map(async ({ name, targetGroupId }) => {
      const [target] = await listTargets(client, targetGroupId);
      return { name, status: target?.status ?? 'gone' };
    }),
  );
  check(
    statuses.every(({ status }) => status === 'HEALTHY'),
    `health checks inside the VPCs: ${statuses.map(({ name, status }) => `${name} ${status}`).join(', ')}`,
  );
  return machines;
};
