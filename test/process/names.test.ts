import { Resolver } from 'node:dns/promises';
import { expect, test } from 'vitest';
import { Instance, isAlive, newDataDir, until } from './instance.ts';
import { buildTopology } from './topology.ts';

/** Asks a VPC's resolver as Node's own programs do. */
const ask = (address: string, name: string): Promise<readonly string[]> => {
  const resolver = new Resolver({ timeout: 500, tries: 8 });
  resolver.setServers([address]);
  return resolver.resolve4(name);
};

test('names outlive the control plane, and the next `up` answers at the same port', async () => {
  const dataDir = newDataDir({ dnsForwarders: [] });
  const first = await new Instance(dataDir, '--workers', '2').ready();
  const { vpcId, host } = await buildTopology(first.client(), 9);
  const address = first.facts().resolvers[vpcId] as string;
  const pids = await first.workers();
  const known = await ask(address, host);
  expect(known).toEqual([expect.stringMatching(/^169\.254\.171\.\d+$/)]);

  first.process.kill('SIGKILL');
  await first.ended;
  expect(await ask(address, host)).toEqual(known);

  const second = await new Instance(dataDir, '--workers', '1').ready();
  expect(second.facts().resolvers[vpcId]).toBe(address);
  await until(() => pids.every((pid) => !isAlive(pid)) || undefined);
  expect(await ask(address, host)).toEqual(known);
  expect(second.stderr).not.toContain('resolver');

  second.process.kill('SIGTERM');
  expect(await second.ended).toEqual({ code: 0, signal: null });
  await expect(ask(address, host)).rejects.toThrow(/ECONNREFUSED|ETIMEOUT/);
});

test('a name is known when the write that made it is answered, in one process as in many', async () => {
  const pergola = await new Instance(newDataDir({ dnsForwarders: [] }), '--workers', '0').ready();
  const client = pergola.client();
  const { vpcId } = await buildTopology(client, 9);
  const address = pergola.facts().resolvers[vpcId] as string;
  for (let number = 0; number < 20; number += 1) {
    const { id, dnsEntry } = await client.call<{ id: string; dnsEntry: { domainName: string } }>(
      'vpc-lattice',
      'POST',
      '/services',
      { body: { name: `service-${number}` } },
    );
    expect(await ask(address, dnsEntry.domainName)).toHaveLength(1);
    await client.call('vpc-lattice', 'DELETE', `/services/${id}`);
    await expect(ask(address, dnsEntry.domainName)).rejects.toThrow('ENOTFOUND');
  }
  pergola.process.kill('SIGTERM');
  expect(await pergola.ended).toEqual({ code: 0, signal: null });
});
