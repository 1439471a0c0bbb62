import { readFileSync } from 'node:fs';
import { openCLibrary } from '../../underlay/c-library.ts';

/** Runs `start` and returns what it does. The process that it starts has to be there by then. */
export type StartPowerless = <T>(start: () => T) => T;

/** prctl(2) */
const PR_SET_NO_NEW_PRIVS = 38;
const PR_CAP_AMBIENT = 47;
const PR_CAP_AMBIENT_RAISE = 2n;
const PR_CAP_AMBIENT_CLEAR_ALL = 4n;

/**
 * For starting processes that inherit nothing of this one's privileges, and can never gain any: a
 * program that belongs to root with its set-user-ID bit set, or that has capabilities, gives them none. From now on
 * this is so for all that this thread starts. Whoever is to lose root has to do that itself (`leaveRoot`).
 *
 * It is done here, before there is a process, since later it would count for one of its threads only.
 * @throws Error when this Node cannot call the C library, or the kernel refuses.
 */
export const openStartPowerless = (): StartPowerless => {
  const { prctl } = openCLibrary({
    prctl: { arguments: ['i32', 'u64', 'u64', 'u64', 'u64'], return: 'i32' },
  });
  const set = (option: number, ...values: readonly [bigint, bigint?]) => {
    const [first, second = 0n] = values;
    if (prctl(option, first, second, 0n, 0n) !== 0) {
      throw new Error(`prctl(2) refused ${option}, ${first}, ${second}`);
    }
  };
  set(PR_SET_NO_NEW_PRIVS, 1n);
  return (start) => {
    // What a service manager gives to a user that is not root (systemd's AmbientCapabilities) would
    // go on to every process. `ip` has to have it.
    const ambient = ambientCapabilities();
    if (ambient.length > 0) set(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL);
    try {
      return start();
    } finally {
      for (const capability of ambient) set(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability);
    }
  };
};

/** Their numbers. */
const ambientCapabilities = (): readonly bigint[] => {
  const status = readFileSync('/proc/thread-self/status', 'utf8');
  const mask = BigInt(`0x${/^CapAmb:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  return Array.from({ length: 64 }, (_, bit) => BigInt(bit)).filter(
    (bit) => ((mask >> bit) & 1n) === 1n,
  );
};
