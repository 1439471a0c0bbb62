import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { NAMESPACE_FOLDER } from '../../src/underlay/netns/namespace-entry.ts';
import { runIp } from '../../src/underlay/netns/run-ip.ts';

/**
 * What an instance whose namespaces have the prefix may leave on this machine: namespaces, mounts, files
 * for names, and links outside of any namespace, whoever made those.
 */
export const tracesOf = async (prefix: string): Promise<readonly string[]> => {
  const links = JSON.parse(await runIp(['-j', 'link'])) as readonly { readonly ifname: string }[];
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return [
    ...namesIn(NAMESPACE_FOLDER, prefix),
    ...namesIn('/etc/netns', prefix),
    ...mounts.filter((line) => line.includes(prefix)).map((line) => `mount ${line}`),
    ...links.map(({ ifname }) => `link ${ifname}`),
  ].sort();
};

const namesIn = (folder: string, prefix: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.startsWith(prefix))
        .map((name) => `${folder}/${name}`)
    : [];
