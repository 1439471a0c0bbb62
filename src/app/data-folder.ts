import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where things are in a data folder; all paths absolute. */
export interface DataFolder {
  readonly dir: string;
  readonly storeFile: string;
  readonly settingsFile: string;
  readonly credentialsFile: string;
  readonly logDir: string;
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
 * The lock of a process that no longer lives is taken over.
 * @throws DataFolderError when another pergola runs on it, or it cannot be made.
 */
export const openDataFolder = (dir: string): DataFolder => {
  const runDir = join(dir, 'run');
  try {
    mkdirSync(runDir, { recursive: true, mode: 0o700 });
    chmodSync(dir, 0o700);
  } catch (error) {
    throw new DataFolderError(
      `cannot use \`${dir}\` as data folder: ${(error as Error).message}; choose another with --data`,
    );
  }
  const unlock = lock(dir, join(runDir, 'lock'));
  const socketDir = socketDirFor(runDir);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  return {
    dir,
    storeFile: join(dir, 'pergola.sqlite'),
    settingsFile: join(dir, 'settings.json'),
    credentialsFile: join(dir, 'credentials'),
    logDir: join(dir, 'logs'),
    instanceFile: join(runDir, 'instance.json'),
    socketDir,
    unlock,
  };
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

const isAlive = ({ pid, since }: Holder): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return since === '' || since === processStart(pid);
};

/** Start of the process in clock ticks since boot (Linux, proc(5) stat field 22); elsewhere empty. */
const processStart = (pid: number): string => {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The second field, the program's name, may hold spaces and parentheses.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
};
