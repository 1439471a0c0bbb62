import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { namespacePrefix } from './network-names.ts';

test('a data folder has one prefix, by whatever links it is reached, and before it is there', () => {
  const parent = mkdtempSync(join(tmpdir(), 'pergola-names-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const link = join(parent, 'link');
  symlinkSync(parent, link);
  const prefix = namespacePrefix(join(parent, 'data'));
  expect(prefix).toMatch(/^pergola-[0-9a-f]{8}-$/);
  expect(namespacePrefix(join(link, 'data'))).toBe(prefix);
  mkdirSync(join(parent, 'data'));
  expect(namespacePrefix(join(link, 'data'))).toBe(prefix);
  expect(namespacePrefix(join(parent, 'other'))).not.toBe(prefix);
});
