import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaveZombie, onLinux } from '../../test/support/zombie.ts';
import { CliError } from './cli-error.ts';
import { dataFolder } from './data-folder.ts';
import { findInstance } from './instance.ts';

describe('finding the running instance', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pergola-cli-'));
    mkdirSync(join(folder, 'run'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (content: unknown) =>
    writeFileSync(
      join(folder, 'run', 'instance.json'),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  const facts = { pid: process.pid, api: 'http://127.0.0.1:7171', region: 'us-west-2' };

  test('reads what it says about itself', () => {
    write({ ...facts, api: 'http://127.0.0.1:7171/' });
    expect(findInstance(folder)).toEqual({
      ...facts,
      dataDir: folder,
      credentialsFile: join(folder, 'credentials'),
      configFile: join(folder, 'config'),
    });
  });

  onLinux('one that was killed and that nobody reaps does not run', async () => {
    write({ ...facts, pid: await leaveZombie() });
    expect(() => findInstance(folder)).toThrow('no pergola runs on');
  });

  const notRunning = `no pergola runs on`;
  const cases = [
    { name: 'there is no file', content: undefined, expected: notRunning },
    // Larger than any pid that Linux or macOS gives out.
    { name: 'its process is gone', content: { ...facts, pid: 2 ** 30 }, expected: notRunning },
    { name: 'the file is not JSON', content: '{"pid":', expected: 'is damaged' },
    { name: 'the file says nothing', content: {}, expected: 'is damaged' },
  ];
  test.each(cases)('says so when $name', ({ content, expected }) => {
    if (content !== undefined) write(content);
    let error: unknown;
    try {
      findInstance(folder);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CliError);
    expect((error as CliError).message).toContain(expected);
    expect((error as CliError).message).toContain(folder);
    expect((error as CliError).exitCode).toBe(1);
  });
});

test('a data folder of another user is no folder without a Pergola', () => {
  const refuse = () => {
    throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  };
  expect(() => findInstance('/srv/the data', refuse)).toThrow(
    "the data folder `/srv/the data` belongs to another user, who alone may look into it; run this as that user, with sudo where it is root, and with '--data=/srv/the data'",
  );
});

test('the data folder is the flag, else PERGOLA_DATA, else .pergola', () => {
  expect(dataFolder('/a', { PERGOLA_DATA: '/b' })).toBe('/a');
  expect(dataFolder(undefined, { PERGOLA_DATA: '/b' })).toBe('/b');
  expect(dataFolder(undefined, { PERGOLA_DATA: '' })).toBe(resolve('.pergola'));
  expect(dataFolder(undefined, {})).toBe(resolve('.pergola'));
});
