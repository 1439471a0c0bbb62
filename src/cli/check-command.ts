import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cannotRun } from './run-with.ts';

/**
 * Makes sure that there is a command, for those that another program starts, whose exit code and
 * words would be told in its place. Looks where execvp(3) does.
 *
 * @throws CliError with exit code 127 when there is none, 126 when it cannot be run
 */
export const checkCommand = (command: string, path = process.env['PATH'] ?? ''): void => {
  const files = command.includes('/')
    ? [command]
    : path.split(delimiter).map((folder) => join(folder || '.', command));
  const obstacles = files.map(obstacleOf);
  if (obstacles.includes(undefined)) return;
  throw cannotRun(command, obstacles.find((code) => code !== 'ENOENT') ?? 'ENOENT');
};

/** Why a file cannot be run, as the system would say; undefined: it can. */
const obstacleOf = (file: string): string | undefined => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? undefined : 'EACCES';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // As of a folder in PATH that is none.
    return code === 'ENOTDIR' ? 'ENOENT' : code;
  }
};
