import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ipRunner } from './run-ip.ts';

/** A program that stands for `ip`. */
const program = (script: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-ip-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ip');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return ipRunner(file);
};

test('what it prints is answered, and lines are given to it as a batch', async () => {
  const runIp = program('printf "%s\\n" "$*"; cat');
  expect(await runIp(['netns', 'list'])).toBe('netns list\n');
  expect(await runIp(['-n', 'one'], ['link set lo up', 'addr'])).toBe(
    '-n one -batch -\nlink set lo up\naddr\n',
  );
});

test.each([
  {
    name: 'the line of a batch that failed is named',
    script: 'echo "RTNETLINK answers: File exists" >&2; echo "Command failed -:2" >&2; exit 1',
    lines: ['link set lo up', 'addr add 10.0.0.1/24 dev eth0'],
    expected: '`ip -n one addr add 10.0.0.1/24 dev eth0` failed: RTNETLINK answers: File exists',
  },
  {
    name: 'a batch that names no line is named as a whole',
    script: 'echo "Cannot open" >&2; exit 1',
    lines: ['link'],
    expected: '`ip -n one -batch -` failed: Cannot open',
  },
  {
    name: 'one that says nothing is told by its exit code',
    script: 'exit 3',
    lines: undefined,
    expected: '`ip -n one` failed: exit code 3',
  },
])('$name', async ({ script, lines, expected }) => {
  await expect(program(script)(['-n', 'one'], lines)).rejects.toThrow(expected);
});

test('a machine without it is told what to install', async () => {
  await expect(ipRunner('/nowhere/ip')(['-V'])).rejects.toThrow(
    '`ip -V` failed: there is no such command: install iproute2',
  );
});
