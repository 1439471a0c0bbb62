import { listPortals } from '../../src/cli/portals.ts';
import { check, heading, say } from '../storefront/narrator.ts';
import { resolveAll } from './run-client.ts';
import type { Resolved } from './seen.ts';
import type { Stage } from './stage.ts';

/** What the services' names are in the VPC of the clients. */
export const tellNames = async (stage: Stage): Promise<readonly Resolved[]> => {
  heading('Their names, as they are resolved in shop');
  const { underlay, client, shop, services } = stage;
  const portals = await listPortals(client);
  // With netns programs find the resolver where AWS has it; with loopback it is a port of this machine.
  const server =
    underlay === 'netns' ? undefined : portals.find(({ vpcId }) => vpcId === shop.vpcId)?.resolver;
  const names = await resolveAll(
    stage,
    shop,
    services.map(({ host }) => host),
    server,
  );
  for (const { name, a, aaaa } of names) {
    say(`  ${name}`);
    say(`    A     ${a.join(', ')}`);
    say(`    AAAA  ${aaaa.join(', ')}`);
  }
  const addresses = names.flatMap(({ a, aaaa }) => [...a, ...aaaa]);
  check(
    addresses.length === 2 * services.length &&
      addresses.every((address) => /^(?:169\.254\.171\.|fd00:ec2:80::)/.test(address)),
    'each has an address of services in either family, whatever its target has',
  );
  return names;
};
