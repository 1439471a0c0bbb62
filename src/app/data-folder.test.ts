import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { leaveZombie, onLinux } from '../../test/support/zombie.ts';
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

  onLinux('a lock of a process that was killed and that nobody reaps is taken over', async () => {
    const dir = newDir();
    const file = lockWith(dir, { pid: await leaveZombie(), since: '' });
    open(dir);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
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

  describe('that is there already', () => {
    const modeOf = (path: string) => statSync(path).mode & 0o777;
    const made = (mode: number, ...files: string[]): string => {
      const dir = newDir();
      mkdirSync(dir);
      for (const name of files) writeFileSync(join(dir, name), '');
      chmodSync(dir, mode);
      return dir;
    };

    test('is made private when it is empty', () => {
      const dir = made(0o755);
      open(dir);
      expect(modeOf(dir)).toBe(0o700);
    });

    test('is taken as it is when it is private', () => {
      const dir = made(0o700, 'settings.json');
      open(dir);
      expect(modeOf(dir)).toBe(0o700);
    });

    test.each([
      ['everybody may read', 0o755, 'README.md'],
      ['everybody may search', 0o711, 'README.md'],
      ['a group may write, also when it is ours', 0o770, 'pergola.sqlite'],
    ])('is refused and left alone when it holds something and %s', (_name, mode, file) => {
      const dir = made(mode, file);
      expect(() => openDataFolder(dir)).toThrow(
        /other users can get into it.* choose another with --data, .* with `chmod 700`/,
      );
      expect(modeOf(dir)).toBe(mode);
      expect(readdirSync(dir)).toEqual([file]);
    });

    test('is refused when it belongs to someone else', () => {
      let dir = '/';
      if (process.getuid?.() === 0) {
        dir = made(0o700);
        chownSync(dir, 12_345, 12_345);
      }
      expect(() => openDataFolder(dir)).toThrow('it belongs to another user (uid ');
    });
  });

  describe('a folder for sockets in the temporary folder', () => {
    const planted = (plant: (socketDir: string) => void) => {
      const dir = join(newDir(), 'x'.repeat(120));
      const folder = openDataFolder(dir);
      folder.unlock();
      const { socketDir } = folder;
      rmSync(socketDir, { recursive: true });
      plant(socketDir);
      onTestFinished(() => rmSync(socketDir, { recursive: true, force: true }));
      return { dir, socketDir };
    };

    test.each<[string, (socketDir: string) => void]>([
      ['a link to elsewhere', (path) => symlinkSync(tmpdir(), path)],
      ['a link to nowhere', (path) => symlinkSync('/nowhere', path)],
      ['a file', (path) => writeFileSync(path, '')],
      [
        'open to others',
        (path) => {
          mkdirSync(path);
          chmodSync(path, 0o777);
        },
      ],
    ])('is refused when it is %s', (_name, plant) => {
      const { dir, socketDir } = planted(plant);
      expect(() => openDataFolder(dir)).toThrow(
        `\`${socketDir}\` is not a private folder of this user`,
      );
      // Nothing is locked: once the trap is removed, it starts.
      rmSync(socketDir, { recursive: true });
      expect(open(dir).socketDir).toBe(socketDir);
    });
  });

  test('a file in its place is named', () => {
    const dir = newDir();
    writeFileSync(dir, '');
    expect(() => openDataFolder(dir)).toThrow(/cannot use .* choose another with --data/);
  });
});
