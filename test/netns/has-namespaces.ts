import { existsSync, readdirSync } from 'node:fs';
import { assertNetnsWorks, thisMachine } from '../../src/underlay/netns/assert-netns-works.ts';
import { openNamespaceEntry } from '../../src/underlay/netns/namespace-entry.ts';
import { runIp } from '../../src/underlay/netns/run-ip.ts';

/** How to get into namespaces; undefined where there can be none, which is said once. */
export const namespaceEntry = await assertNetnsWorks(
  thisMachine(runIp, openNamespaceEntry),
  `pergola-test-${process.pid}-`,
).catch((error: Error) => {
  console.warn(`skipped: ${error.message}`);
  return undefined;
});

/** All namespaces with a name, their files, and all links of this machine: what is to be the same before and after. */
export const networksHere = async (): Promise<readonly string[]> => {
  const namespaces = (await runIp(['netns', 'list'])).split('\n');
  const links = JSON.parse(await runIp(['-j', 'link'])) as readonly { ifname: string }[];
  const files = existsSync('/etc/netns') ? readdirSync('/etc/netns') : [];
  // Other instances of Pergola come and go, each with a prefix of its own.
  return [
    ...files.filter((name) => !isForeign(name)).map((name) => `/etc/netns/${name}`),
    ...namespaces.map((line) => line.split(' ')[0]!).filter((name) => !isForeign(name)),
    ...links.map(({ ifname }) => ifname),
  ].sort();
};

const own = new Set<string>();
/** Counts namespaces with this prefix in `networksHere`. */
export const watchPrefix = (prefix: string): void => void own.add(prefix);

const isForeign = (name: string): boolean =>
  name.startsWith('pergola-') && ![...own].some((prefix) => name.startsWith(prefix));
