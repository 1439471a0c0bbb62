import { readFileSync } from 'node:fs';
import type { WorkerUser } from '../../dataplane/leave-root.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { PergolaSettings } from '../settings.ts';

/** What a process may do, as far as it matters for whose its workers can be. */
export interface OwnPrivileges {
  readonly isRoot: boolean;
  /** Whether anything that it starts could inherit a privilege. */
  readonly hasPrivileges: boolean;
  /** Why it cannot start anything as this user; undefined when it can. */
  readonly obstacle: (user: WorkerUser) => string | undefined;
}

export class WorkerUserError extends Error {
  readonly code = 'WORKER_USER';

  constructor(reason: string) {
    super(`worker processes cannot be started as a user that is not root: ${reason}`);
    this.name = 'WorkerUserError';
  }
}

/** Systems give this number to nobody, whatever they call it. */
const NOBODY: WorkerUser = { uid: 65_534, gid: 65_534 };

/**
 * Whose workers are to be: when this process is root, another user's. Undefined when they stay as
 * this process is. Who relies on it (real networks, a user in the settings) gets it or nothing; in a
 * container that has no other users, and took root's privileges away, all else goes on.
 * @throws WorkerUserError
 */
export const chooseWorkerUser = (
  { workerUser, underlay }: Pick<PergolaSettings, 'workerUser' | 'underlay'>,
  self: OwnPrivileges,
  logger: Logger,
): WorkerUser | undefined => {
  if (!self.isRoot) {
    if (workerUser === undefined) return undefined;
    throw new WorkerUserError('only root can; leave `workerUser` out of the settings');
  }
  const user = workerUser ?? NOBODY;
  const reason = self.obstacle(user);
  if (reason === undefined) return user;
  if (underlay === 'netns' || workerUser !== undefined) throw new WorkerUserError(reason);
  logger.warn('worker processes run as root', { reason });
  return undefined;
};

/** capabilities(7), by their numbers. */
const NEEDED = { CAP_CHOWN: 0, CAP_SETGID: 6, CAP_SETUID: 7 } as const;

export const thisProcess = (): OwnPrivileges => {
  const isRoot = process.geteuid?.() === 0;
  if (process.platform !== 'linux') {
    return { isRoot, hasPrivileges: false, obstacle: () => undefined };
  }
  const read = (name: string) => readFileSync(`/proc/self/${name}`, 'utf8');
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)$/m.exec(read('status'))?.[1] ?? '0'}`);
  return {
    isRoot,
    hasPrivileges: isRoot || permitted !== 0n,
    obstacle: ({ uid, gid }) => {
      const missing = Object.entries(NEEDED).filter(
        ([, bit]) => ((permitted >> BigInt(bit)) & 1n) === 0n,
      );
      if (missing.length > 0) return `it lacks ${missing.map(([name]) => name).join(', ')}`;
      if (!isMapped(read('uid_map'), uid) || !isMapped(read('gid_map'), gid)) {
        return `there is no user ${uid}:${gid} in this container`;
      }
      return read('setgroups').trim() === 'deny' ? 'it may not leave its groups' : undefined;
    },
  };
};

/** user_namespaces(7): lines with the first id inside, the first outside, and how many. */
const isMapped = (map: string, id: number): boolean =>
  map
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .some(([first = 0, , count = 0]) => first <= id && id < first + count);
