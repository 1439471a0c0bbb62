import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { giveLogFolder } from './give-log-folder.ts';

const user = { uid: 990, gid: 991 };
const newFolder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-give-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

describe.skipIf(process.getuid?.() !== 0)('the folder of access logs, given to workers', () => {
  test('is made, and is closed to all others', () => {
    const logDir = join(newFolder(), 'logs');
    giveLogFolder(logDir, user);
    expect(statSync(logDir)).toMatchObject(user);
    expect(statSync(logDir).mode & 0o777).toBe(0o700);
  });

  test('goes with the files that are in it, and with nothing that is elsewhere, too', () => {
    const dir = newFolder();
    const [logDir, secret, other] = ['logs', 'secret', 'other'].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(logDir);
    for (const file of [secret, other, join(logDir, 'als.jsonl')]) writeFileSync(file, '');
    symlinkSync(secret, join(logDir, 'als-a.jsonl'));
    linkSync(other, join(logDir, 'als-b.jsonl'));
    giveLogFolder(logDir, user);
    expect(statSync(join(logDir, 'als.jsonl'))).toMatchObject(user);
    expect(statSync(secret)).toMatchObject({ uid: 0, gid: 0 });
    expect(statSync(other)).toMatchObject({ uid: 0, gid: 0 });
    expect(lstatSync(join(logDir, 'als-a.jsonl'))).toMatchObject({ uid: 0 });
  });
});
