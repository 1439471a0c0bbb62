import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { giveLogFolder } from '../../src/app/give-log-folder.ts';

const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url));
const user = { uid: 990, gid: 990 };

/** Runs as a process that is root, and leaves it for a folder that only root can get to. */
const run = (script: string, before = ''): { readonly text: string; readonly logDir: string } => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-leave-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  chmodSync(dir, 0o700);
  mkdirSync(join(dir, 'run'));
  const logDir = join(dir, 'logs');
  giveLogFolder(logDir, user);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { leaveRoot } from ${source('dataplane/leave-root.ts')};
      const refused = async (attempt) => { try { await attempt(); } catch (error) { return error.code; } };
      ${before}
      leaveRoot(${JSON.stringify(user)}, ${JSON.stringify(logDir)});
      ${script}`,
    ],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return { text: stdout.trim(), logDir };
};

describe.skipIf(process.getuid?.() !== 0)('a process that left root', () => {
  test('cannot come back, and reaches nothing above its folder', () => {
    const { text } = run(`
      const { readdirSync } = await import('node:fs');
      console.log(JSON.stringify([
        await refused(() => process.setuid(0)),
        await refused(() => process.setgroups([0])),
        await refused(() => readdirSync('..')),
        await refused(() => readdirSync('../run')),
        readdirSync('.'),
      ]));`);
    expect(JSON.parse(text)).toEqual(['EPERM', 'EPERM', 'EACCES', 'EACCES', []]);
  });

  test('logs, though code is closed to its user as below a home folder', () => {
    const closed = mkdtempSync(join(tmpdir(), 'pergola-closed-'));
    onTestFinished(() => rmSync(closed, { recursive: true, force: true }));
    for (const name of ['json-logger.ts', 'redact.ts']) {
      cpSync(new URL(`../../src/telemetry/${name}`, import.meta.url), join(closed, name));
    }
    // What stands for the library says only that it was loaded.
    const library = join(closed, 'node_modules', 'pino');
    mkdirSync(library, { recursive: true });
    writeFileSync(
      join(library, 'index.js'),
      `exports.pino = () => ({ isLevelEnabled: () => true, warn: () => console.log('logged') });`,
    );
    const { text } = run(
      `logger.warn('text');`,
      `import { jsonLogger } from ${JSON.stringify(join(closed, 'json-logger.ts'))};
      const logger = jsonLogger();`,
    );
    expect(text).toBe('logged');
  });

  test('writes access logs there, and puts full ones aside', () => {
    const { logDir } = run(`
      const { FileDestination } = await import(${source('dataplane/access-log/file-destination.ts')});
      const log = new FileDestination({ path: './als.jsonl', maxBytes: 2, keep: 1 });
      for (let i = 0; i < 3; i += 1) await log.write(Buffer.from('{}\\n'));
      await log.close();`);
    expect(readdirSync(logDir).sort()).toEqual(['als.jsonl', 'als.jsonl.1']);
  });
});
