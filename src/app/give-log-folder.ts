import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import type { WorkerUser } from '../dataplane/leave-root.ts';

/**
 * Makes the folder of access logs the workers' own, with the files that are in it: those of a run
 * before this one may be root's. Whoever was given it once may have put anything there, so nothing is
 * given away that has another name elsewhere.
 */
export const giveLogFolder = (logDir: string, { uid, gid }: WorkerUser): void => {
  mkdirSync(logDir, { recursive: true, mode: 0o700 });
  lchownSync(logDir, uid, gid);
  for (const entry of readdirSync(logDir, { withFileTypes: true })) {
    if (entry.isFile()) giveFile(join(logDir, entry.name), uid, gid);
  }
};

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

const giveFile = (path: string, uid: number, gid: number): void => {
  // What it is may have changed since it was listed: no link is followed, no pipe waited for.
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (stats.isFile() && stats.nlink === 1) fchownSync(file, uid, gid);
  } finally {
    closeSync(file);
  }
};
