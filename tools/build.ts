import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Makes dist/: the package as it is published, without anything that only development needs. */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
  { cwd: root, stdio: 'inherit' },
);
if (status !== 0) {
  process.exit(status ?? 1);
}

for (const file of ['models', 'docs', 'LICENSE', 'README.md', 'CHANGELOG.md']) {
  cpSync(join(root, file), join(dist, file), { recursive: true });
}

const { name, version, description, license, type, engines, dependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
) as Record<string, unknown>;
const manifest = { name, version, description, license, type, engines };
writeFileSync(
  join(dist, 'package.json'),
  `${JSON.stringify({ ...manifest, bin: { pergola: 'pergola.js' }, dependencies }, undefined, 2)}\n`,
);

writeFileSync(
  join(dist, 'pergola.js'),
  `#!/usr/bin/env node
import { createRequire, enableCompileCache } from 'node:module';

const { engines } = createRequire(import.meta.url)('./package.json');
const needed = Number(/\\d+/.exec(engines.node)[0]);
if (Number.parseInt(process.versions.node, 10) < needed) {
  console.error(\`pergola needs Node.js \${needed} or newer, and this is \${process.versions.node}\`);
  process.exit(1);
}
enableCompileCache();
await import('./src/cli/main.js');
`,
);
chmodSync(join(dist, 'pergola.js'), 0o755);
console.log(`built ${dist}: \`npm pack ./dist\` makes the package`);
