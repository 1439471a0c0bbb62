import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type DataFolder, openDataFolder } from './data-folder.ts';

const newDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-folder-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'data');
};

const open = (dir: string): DataFolder => {
  const folder = openDataFolder(dir);
  onTestFinished(() => folder.unlock());
  return folder;
};

const lockWith = (dir: string, holder: unknown): string => {
  open(dir).unlock();
  const file = join(dir, 'run', 'lock');
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  return file;
};

describe('data folder', () => {
  test('is made for its owner only', () => {
    const { dir } = open(newDir());
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, 'run')).mode & 0o777).toBe(0o700);
  });

  test('is refused while a living process has it', () => {
    const dir = newDir();
    open(dir);
    expect(() => openDataFolder(dir)).toThrow(
      `another pergola (pid ${process.pid}) runs on ${dir}`,
    );
  });

  test('can be had again once it was given back', () => {
    const dir = newDir();
    open(dir).unlock();
    expect(readdirSync(join(dir, 'run'))).toEqual([]);
    expect(open(dir).dir).toBe(dir);
  });

  test.each([
    // Above the largest id that Linux gives (2^22).
    ['of a process that is gone', { pid: 2 ** 22 + 1, since: '' }],
    ['of an earlier process with an id that is in use again', { pid: process.pid, since: '1' }],
    ['that is damaged', '{"pi'],
    ['that names no process', { pid: 0 }],
  ])('a lock %s is taken over', (_name, holder) => {
    const dir = newDir();
    const file = lockWith(dir, holder);
    open(dir);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(join(dir, 'run'))).toEqual(['lock']);
  });

  test('a lock that is no longer its own is not removed', () => {
    const dir = newDir();
    const folder = open(dir);
    const file = join(dir, 'run', 'lock');
    writeFileSync(file, '{"pid":1,"since":""}');
    folder.unlock();
    expect(readFileSync(file, 'utf8')).toBe('{"pid":1,"since":""}');
  });

  test('a path that is too long for sockets has them elsewhere', () => {
    const { socketDir } = open(join(newDir(), 'x'.repeat(120)));
    onTestFinished(() => rmSync(socketDir, { recursive: true, force: true }));
    expect(socketDir.length).toBeLessThan(80);
    expect(statSync(socketDir).mode & 0o777).toBe(0o700);
  });

  test('a file in its place is named', () => {
    const dir = newDir();
    writeFileSync(dir, '');
    expect(() => openDataFolder(dir)).toThrow(/cannot use .* choose another with --data/);
  });
});
