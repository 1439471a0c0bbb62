import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCommand } from './check-command.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pergola-command-'));
  mkdirSync(join(folder, 'later'));
  mkdirSync(join(folder, 'a-folder'));
  writeFileSync(join(folder, 'later', 'tool'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(folder, 'tool'), 'text', { mode: 0o644 });
  writeFileSync(join(folder, 'notes'), 'text', { mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const searchPath = () => `${folder}:/nowhere:${folder}/notes:${folder}/later`;

test.each(['sh', '/bin/sh'])('`%s` can be run', (command) => {
  expect(() => checkCommand(command)).not.toThrow();
});

test('a file that cannot be run hides no other behind it in PATH', () => {
  expect(() => checkCommand('tool', searchPath())).not.toThrow();
});

test.each([
  { name: 'no file', command: '/nowhere/at-all', exitCode: 127 },
  { name: 'in no folder of PATH', command: 'nothing-like-it', exitCode: 127 },
  { name: 'a file without the right to run it', command: 'notes', exitCode: 126 },
  { name: 'a folder', command: 'a-folder', exitCode: 126 },
])('$name is refused with $exitCode, as by a shell', ({ command, exitCode }) => {
  let error: unknown;
  try {
    checkCommand(command, searchPath());
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
    exitCode,
    message: expect.stringContaining(`cannot run \`${command}\``),
  });
});
