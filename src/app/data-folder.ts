import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive, processStart } from './process-state.ts';

/** Where things are in a data folder; all paths absolute. */
export interface DataFolder {
  readonly dir: string;
  readonly storeFile: string;
  readonly settingsFile: string;
  readonly credentialsFile: string;
  readonly logDir: string;
  /** Of the certificate authority. */
  readonly authorityDir: string;
  readonly instanceFile: string;
  /** Sockets of workers; not always inside `dir`: a socket's path is limited to some 100 bytes. */
  readonly socketDir: string;
  /** Gives the folder back. */
  unlock(): void;
}

export class DataFolderError extends Error {
  readonly code = 'DATA_FOLDER';

  constructor(message: string) {
    super(message);
    this.name = 'DataFolderError';
  }
}

/** Of `sun_path`: 104 bytes on macOS, 108 on Linux, less the file's name. */
const LONGEST_SOCKET_DIR = 100 - '/worker-4194304.sock'.length;

/**
 * Makes the folder when there is none (mode 0700: it holds secrets) and locks it for this process.
 * The lock of a process that no longer lives is taken over. Of a folder that is there, the mode is
 * changed only when it is empty: who has something in it may rely on others coming in.
 * @throws DataFolderError when another pergola runs on it, it cannot be made, or others can get at
 *   what is in it.
 */
export const openDataFolder = (dir: string): DataFolder => {
  const runDir = join(dir, 'run');
  try {
    makePrivate(dir);
    mkdirSync(runDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(
      `cannot use \`${dir}\` as data folder: ${(error as Error).message}; choose another with --data`,
    );
  }
  const socketDir = socketDirFor(runDir);
  if (socketDir !== runDir) {
    makeSocketDir(socketDir);
  }
  const unlock = lock(dir, join(runDir, 'lock'));
  return {
    dir,
    storeFile: join(dir, 'pergola.sqlite'),
    settingsFile: join(dir, 'settings.json'),
    credentialsFile: join(dir, 'credentials'),
    logDir: join(dir, 'logs'),
    authorityDir: join(dir, 'ca'),
    instanceFile: join(runDir, 'instance.json'),
    socketDir,
    unlock,
  };
};

const OTHERS = 0o077;

/** Where the system has no owners, nobody else is one. */
const isOurs = ({ uid }: Stats): boolean => uid === (process.getuid?.() ?? uid);

const makePrivate = (dir: string): void => {
  if (mkdirSync(dir, { recursive: true, mode: 0o700 }) !== undefined) {
    return;
  }
  const stats = statSync(dir);
  if (!stats.isDirectory()) {
    throw new Error('it is not a folder');
  }
  if (!isOurs(stats)) {
    throw new DataFolderError(
      `cannot use \`${dir}\` as data folder: it belongs to another user (uid ${stats.uid}); choose another with --data`,
    );
  }
  if ((stats.mode & OTHERS) === 0) {
    return;
  }
  if (readdirSync(dir).length > 0) {
    throw new DataFolderError(
      `cannot use \`${dir}\` as data folder: other users can get into it, and it will hold secrets; choose another with --data, or if it is for pergola only, make it private with \`chmod 700\``,
    );
  }
  chmodSync(dir, 0o700);
};

/** Its name is known to everyone who can write to the temporary folder, so it may be a trap. */
const makeSocketDir = (dir: string): void => {
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new DataFolderError(
        `cannot make \`${dir}\` for sockets (${(error as Error).message}); choose a shorter path with --data`,
      );
    }
  }
  const stats = lstatSync(dir);
  if (!stats.isDirectory() || !isOurs(stats) || (stats.mode & OTHERS) !== 0) {
    throw new DataFolderError(
      `\`${dir}\` is not a private folder of this user, and pergola keeps sockets there: remove it, or choose a shorter path with --data`,
    );
  }
};

const socketDirFor = (runDir: string): string => {
  if (Buffer.byteLength(runDir) <= LONGEST_SOCKET_DIR) {
    return runDir;
  }
  const name = createHash('sha256').update(runDir).digest('hex').slice(0, 16);
  return join(tmpdir(), `pergola-${process.getuid?.() ?? 0}-${name}`);
};

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one with the same id; empty where the system does not say. */
  readonly since: string;
}

const lock = (dir: string, file: string): (() => void) => {
  const mine = JSON.stringify({ pid: process.pid, since: processStart(process.pid) });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        // A link appears with its content, or not at all.
        linkSync(draft, file);
        return () => {
          if (readIfThere(file) === mine) {
            rmSync(file, { force: true });
          }
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
          throw error;
        }
      }
      const held = readIfThere(file);
      if (held !== undefined) {
        const holder = parseHolder(held);
        if (holder !== undefined && isAlive(holder)) {
          throw new DataFolderError(`another pergola (pid ${holder.pid}) runs on ${dir}`);
        }
        removeStale(file, held);
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new DataFolderError(`another pergola is just starting on ${dir}`);
};

/** Another process may have taken the stale lock over in between: then its lock is put back. */
const removeStale = (file: string, held: string): void => {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readIfThere(aside) !== held) {
    try {
      linkSync(aside, file);
    } catch {
      // A third one was faster; the loop sees it.
    }
  }
  rmSync(aside, { force: true });
};

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const parseHolder = (text: string): Holder | undefined => {
  try {
    const { pid, since } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && pid > 0 ? { pid, since: since ?? '' } : undefined;
  } catch {
    return undefined;
  }
};

const isAlive = ({ pid, since }: Holder): boolean =>
  isProcessAlive(pid) && (since === '' || since === processStart(pid));
