import { closeSync, openSync, readlinkSync } from 'node:fs';
import { openCLibrary } from '../c-library.ts';

/** Runs things inside named network namespaces. */
export interface NamespaceEntry {
  /**
   * Runs `run` with this thread in the namespace and comes back: sockets that it makes belong there
   * for good, wherever they go. It must not wait for anything.
   * @throws Error when there is no such namespace or it cannot be entered; what `run` throws.
   */
  within<T>(name: string, run: () => T): T;
}

/** Where iproute2 keeps named namespaces (ip-netns(8)). */
export const NAMESPACE_FOLDER = '/run/netns';

/** setns(2), `CLONE_NEWNET`. */
const CLONE_NEWNET = 0x40000000;
const OWN_NAMESPACE = '/proc/thread-self/ns/net';

/** @throws Error when this Node cannot call the C library. */
export const openNamespaceEntry = (): NamespaceEntry => {
  const { setns } = openCLibrary({ setns: { arguments: ['i32', 'i32'], return: 'i32' } });
  const own = readlinkSync(OWN_NAMESPACE);
  const home = openSync(OWN_NAMESPACE, 'r');
  return {
    within: (name, run) => {
      const there = openSync(`${NAMESPACE_FOLDER}/${name}`, 'r');
      const entered = setns(there, CLONE_NEWNET);
      closeSync(there);
      if (entered !== 0) throw new Error(`cannot enter the network namespace \`${name}\``);
      try {
        // What is set in there must never be set out here, whatever else is wrong.
        if (readlinkSync(OWN_NAMESPACE) === own) {
          throw new Error(`\`${name}\` is the network namespace of this machine`);
        }
        return run();
      } finally {
        // In the wrong network everything that follows would be wrong, too.
        if (setns(home, CLONE_NEWNET) !== 0) process.abort();
      }
    },
  };
};
