import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * All tests; with PERGOLA_TEST_REPORT=FILE also vitest's JSON report there.
 * What follows on the command line goes to vitest.
 */
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const report = process.env['PERGOLA_TEST_REPORT'];
const reporters = report
  ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  : [];

const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', ...reporters, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
