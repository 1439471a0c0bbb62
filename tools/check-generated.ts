import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Fails when generated files are not what their generators make of the models now. They are made
 * anew in place, so a failure is mended by looking at the difference and committing it.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

const generated = (): ReadonlyMap<string, string> => {
  const folder = join(root, 'src/protocol/generated');
  const files = [
    ...readdirSync(folder).map((name) => join(folder, name)),
    join(root, 'docs/coverage.md'),
  ];
  return new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
};

const before = generated();
for (const program of ['generate-types.ts', 'coverage.ts']) {
  const { status } = spawnSync(process.execPath, [join(root, 'tools', program)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    console.error(`tools/${program} failed`);
    process.exit(1);
  }
}
const changed = [...generated()].filter(([file, text]) => before.get(file) !== text);
for (const [file] of changed) {
  console.error(`${file} was out of date; it is written anew: look at it and commit it`);
}
process.exit(changed.length === 0 ? 0 : 1);
