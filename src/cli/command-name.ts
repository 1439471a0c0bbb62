import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What to type here to run this program again: `./bin/pergola` in a checkout (as seen from the
 * current folder), `pergola` when it is installed as a package.
 */
export const commandName = (cwd: string = process.cwd()): string => {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const script = join(root, 'bin', 'pergola');
  if (!import.meta.url.endsWith('.ts') || !existsSync(script)) return 'pergola';
  const path = relative(cwd, script);
  return path.startsWith(`..${sep}`) ? script : `.${sep}${path}`;
};
