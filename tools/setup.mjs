// Brings the packages that package-lock.json names, when they are absent or older than it.
// Runs before anything is installed, on whatever Node.js the machine has: only its own modules here.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockfile = join(root, 'package-lock.json');
// npm writes this file last: it is there when an installation went through.
const installed = join(root, 'node_modules', '.package-lock.json');
const node = join(root, 'node_modules', 'node', 'bin', 'node');

const isCurrent =
  existsSync(installed) &&
  existsSync(node) &&
  statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs;

if (!isCurrent) {
  process.stdout.write('pergola: installing packages (once; a minute or so) ... ');
  const started = Date.now();
  const result = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (result.status !== 0) {
    process.stdout.write('failed\n');
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? `${result.error.message}\n` : ''}`,
    );
    process.stderr.write('pergola: `npm ci` failed; see above, then run the same command again\n');
    process.exit(1);
  }
  process.stdout.write(`done in ${Math.round((Date.now() - started) / 1000)} s\n`);
}
