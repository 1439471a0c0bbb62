import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Instance, isAlive, newDataDir, until } from './instance.ts';

const workerSockets = (dataDir: string): string[] => {
  const runDir = join(dataDir, 'run');
  return existsSync(runDir) ? readdirSync(runDir).filter((name) => name.startsWith('worker-')) : [];
};

const expectNothingLeft = (dataDir: string) => {
  expect(existsSync(join(dataDir, 'run', 'lock'))).toBe(false);
  expect(existsSync(join(dataDir, 'run', 'instance.json'))).toBe(false);
  expect(workerSockets(dataDir)).toEqual([]);
};

describe('a signal before it is ready', () => {
  const moments: { name: string; has: (dataDir: string) => boolean }[] = [
    {
      name: 'when it has the data folder',
      has: (dataDir) => existsSync(join(dataDir, 'run', 'lock')),
    },
    {
      name: 'when it opens the store',
      has: (dataDir) => existsSync(join(dataDir, 'pergola.sqlite')),
    },
    { name: 'while its workers start', has: (dataDir) => workerSockets(dataDir).length > 0 },
  ];
  test.each(moments)('$name stops it in order, and nothing is left', async ({ has }) => {
    const dataDir = newDataDir();
    const pergola = new Instance(dataDir, '--workers', '2');
    await until(() => has(dataDir));
    const seen = workerSockets(dataDir).map((name) => Number(/\d+/.exec(name)?.[0]));

    pergola.process.kill('SIGTERM');

    await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
    expect(pergola.stderr).not.toMatch(/"level":"(warn|error)"/);
    expectNothingLeft(dataDir);
    expect(seen.filter(isAlive)).toEqual([]);
    await (await new Instance(dataDir, '--workers', '0').ready()).client();
  });
});

describe('a signal while the example is being built', () => {
  const moments: { name: string; has: (pergola: Instance) => boolean }[] = [
    { name: 'at its begin', has: (pergola) => pergola.isListed() },
    {
      name: 'when its VPC is there',
      has: (pergola) => pergola.isListed() && Object.keys(pergola.facts().portals).length > 0,
    },
  ];
  test.each(moments)('$name stops both, without an error', async ({ has }) => {
    const dataDir = newDataDir();
    const pergola = new Instance(dataDir, '--workers', '1', '--example', 'storefront');
    await until(() => has(pergola));

    pergola.process.kill('SIGTERM');

    await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
    expect(pergola.stderr).not.toContain('could not be built');
    expectNothingLeft(dataDir);
  });
});
