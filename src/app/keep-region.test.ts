import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { DataFolderError } from './data-folder.ts';
import { keepRegion } from './keep-region.ts';

const openStore = async () => {
  const store = await openSqliteStore({ memory: true });
  onTestFinished(() => store.close());
  const start = (asked?: string) =>
    keepRegion(store, { dir: '/data', asked, initial: 'us-west-2', now: new Date(0) });
  return { store, start };
};

test('a new store is of the region that is asked for, and stays so when none is', async () => {
  const { start } = await openStore();
  expect(await start('eu-central-1')).toBe('eu-central-1');
  expect(await start()).toBe('eu-central-1');
  expect(await start('eu-central-1')).toBe('eu-central-1');
});

test('a new store that nobody asks a region for keeps the default one', async () => {
  const { start } = await openStore();
  expect(await start()).toBe('us-west-2');
  await expect(start('eu-central-1')).rejects.toThrow('/data is of region us-west-2');
});

test('another region than its own is refused, and nothing changes', async () => {
  const { store, start } = await openStore();
  await start('eu-central-1');
  const revision = store.revision();
  const starting = start('us-west-2');
  await expect(starting).rejects.toBeInstanceOf(DataFolderError);
  await expect(starting).rejects.toThrow(
    '/data is of region eu-central-1; start it without --region, or choose another data folder',
  );
  expect(store.revision()).toBe(revision);
  expect(await start()).toBe('eu-central-1');
});
