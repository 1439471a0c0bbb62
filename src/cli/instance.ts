import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProcessAlive } from '../app/process-state.ts';
import { CliError } from './cli-error.ts';
import { nextCommand } from './next-command.ts';

/** What a running Pergola tells about itself in `<data>/run/instance.json`. */
export interface Instance {
  readonly dataDir: string;
  readonly pid: number;
  /** Base URL of the API, without a slash at the end. */
  readonly api: string;
  readonly region: string;
  /** What the names of its network namespaces begin with; undefined: VPCs are ports of this machine. */
  readonly namespacePrefix: string | undefined;
  readonly credentialsFile: string;
  readonly configFile: string;
}

const notRunning = (dataDir: string, cause?: unknown): CliError =>
  new CliError(
    `no pergola runs on \`${dataDir}\`; start one with \`${nextCommand(dataDir, 'up')}\`, or name its data folder with --data DIR or PERGOLA_DATA`,
    { code: 'not-running', cause },
  );

/** Finds the instance that runs on a data folder; throws a CliError when none does. */
export const findInstance = (dataDir: string): Instance => {
  let text: string;
  const file = join(dataDir, 'run', 'instance.json');
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new CliError(
        `\`${dataDir}\` is closed to this user: run this as the user whose pergola it is, with sudo if that is root`,
        { cause: error },
      );
    }
    throw notRunning(dataDir, error);
  }
  let facts: { pid?: unknown; api?: unknown; region?: unknown; namespacePrefix?: unknown };
  try {
    facts = JSON.parse(text) as typeof facts;
  } catch (error) {
    throw new CliError(`\`${file}\` is damaged; stop pergola and start it again`, { cause: error });
  }
  const { pid, api, region, namespacePrefix } = facts;
  if (typeof pid !== 'number' || typeof api !== 'string' || typeof region !== 'string') {
    throw new CliError(`\`${file}\` is damaged; stop pergola and start it again`);
  }
  if (!isProcessAlive(pid)) throw notRunning(dataDir);
  return {
    dataDir,
    pid,
    api: api.replace(/\/+$/, ''),
    region,
    namespacePrefix: typeof namespacePrefix === 'string' ? namespacePrefix : undefined,
    credentialsFile: join(dataDir, 'credentials'),
    configFile: join(dataDir, 'config'),
  };
};
