import { readdirSync, readlinkSync, statSync } from 'node:fs';

/**
 * Ends every process that runs in one of the namespaces (files as ip-netns(8) keeps them), as
 * switching off its machine would. The namespace of this process is no machine's, whatever a file
 * leads to: nothing in it is touched.
 */
export const killMembers = (files: readonly string[]): void => {
  const namespaces = new Set(files.flatMap((file) => namespaceOf(file) ?? []));
  namespaces.delete(readlinkSync('/proc/self/ns/net'));
  if (namespaces.size === 0) return;
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      if (namespaces.has(readlinkSync(`/proc/${pid}/ns/net`))) process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself, or is none that has a network.
    }
  }
};

/** `net:[4026532281]`, as processes show theirs. */
const namespaceOf = (file: string): string | undefined => {
  const inode = statSync(file, { throwIfNoEntry: false })?.ino;
  return inode === undefined ? undefined : `net:[${inode}]`;
};
