import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ResolverFiles } from './resolver-files.ts';

test('each namespace has its file, and those of others stay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-netns-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'other-1'));
  const files = new ResolverFiles('ours-', folder);
  for (const name of ['ours-1', 'ours-2']) files.write(name, 'fd00:ec2::253');
  expect(readFileSync(join(folder, 'ours-1', 'resolv.conf'), 'utf8')).toBe(
    'nameserver fd00:ec2::253\n',
  );
  files.remove('ours-1');
  expect(readdirSync(folder).sort()).toEqual(['other-1', 'ours-2']);
  files.removeAll();
  expect(readdirSync(folder)).toEqual(['other-1']);
  new ResolverFiles('ours-', join(folder, 'nowhere')).removeAll();
});
