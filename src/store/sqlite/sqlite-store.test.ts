import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../lattice/account.ts';
import { storeSuite } from '../store-suite.ts';
import { openDatabase } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import { openSqliteStore, storeOn } from './sqlite-store.ts';

const CRASH_WRITER = fileURLToPath(new URL('../crash-writer.ts', import.meta.url));
const newFolder = () => mkdtempSync(join(tmpdir(), 'pergola-store-'));

storeSuite({
  name: 'sqlite in memory',
  supports: { reopen: false },
  place: async () => ({
    open: (options) => openSqliteStore({ memory: true }, options),
    remove: async () => {},
  }),
});

storeSuite({
  name: 'sqlite file',
  supports: { reopen: true },
  place: async () => {
    const folder = newFolder();
    const file = join(folder, 'pergola.db');
    return {
      open: (options) => openSqliteStore({ file }, options),
      crashWriter: [CRASH_WRITER, file],
      remove: async () => rmSync(folder, { recursive: true }),
    };
  },
});

const account = (id: string): Account => ({
  id,
  accountId: id,
  name: id,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUpdatedAt: '2026-01-01T00:00:00.000Z',
});

describe('a sqlite file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = newFolder();
    file = join(folder, 'pergola.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

  test('is readable by its owner only, with what SQLite puts beside it', async () => {
    const store = await openSqliteStore({ file });
    await store.write((tx) => tx.insert('account', account('111122223333')));
    expect(mode(file)).toBe('600');
    expect(mode(`${file}-wal`)).toBe('600');
    await store.close();
  });

  test('that others could read is closed to them', async () => {
    await (await openSqliteStore({ file })).close();
    chmodSync(file, 0o644);
    await (await openSqliteStore({ file })).close();
    expect(mode(file)).toBe('600');
  });

  test('has one opener: a second is told, and the first goes on', async () => {
    const store = await openSqliteStore({ file });
    await expect(openSqliteStore({ file })).rejects.toThrow(
      `\`${file}\` is in use by another process: stop it or choose another data folder`,
    );
    await store.write((tx) => tx.insert('account', account('111122223333')));
    await store.close();
    const next = await openSqliteStore({ file });
    expect(next.revision()).toBe(1);
    await next.close();
  });

  test('from a newer version is refused and not touched', async () => {
    await (await openSqliteStore({ file })).close();
    const database = new DatabaseSync(file);
    database.exec(`INSERT INTO migration VALUES (${MIGRATIONS.length + 1}, 'from the future')`);
    database.close();
    await expect(openSqliteStore({ file })).rejects.toThrow('was written by a newer pergola');
  });

  test('that is not a database is refused and not touched', async () => {
    writeFileSync(file, 'a'.repeat(5000));
    await expect(openSqliteStore({ file })).rejects.toThrow('is not a database of pergola');
    expect(statSync(file).size).toBe(5000);
  });

  test('of another program is refused', async () => {
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE theirs (a)');
    database.close();
    await expect(openSqliteStore({ file })).rejects.toThrow('is not a database of pergola');
  });

  test('in a folder that does not exist cannot be opened', async () => {
    await expect(openSqliteStore({ file: join(folder, 'no', 'x.db') })).rejects.toThrow(
      'check that its folder exists',
    );
  });

  test('keeps uniqueness in the database itself', async () => {
    const store = await openSqliteStore({ file });
    await store.write((tx) => tx.insert('account', account('111122223333')));
    await store.close();
    const database = new DatabaseSync(file);
    const row = database.prepare('SELECT * FROM unique_key').get() as Record<string, string>;
    const again = database.prepare('INSERT INTO unique_key VALUES (?, ?, ?, 99)');
    expect(() => again.run(row['kind']!, row['name']!, row['value']!)).toThrow('UNIQUE');
    database.close();
  });

  test('does not grow by answers that have expired', async () => {
    const store = await openSqliteStore({ file });
    const answer = { digest: 'd', answer: 1 };
    for (let ms = 1; ms <= 50; ms += 1) {
      await store.write(async (tx) => {
        await tx.recallAnswer(`key-${ms}`, new Date(ms));
        await tx.rememberAnswer(`key-${ms}`, answer, new Date(ms + 5));
      });
    }
    await store.close();
    const database = new DatabaseSync(file);
    const row = database.prepare('SELECT count(*) AS n FROM answer').get();
    database.close();
    expect(row).toEqual({ n: 5 });
  });

  test('with documents that break a newer rule of uniqueness is refused with a clear text', async () => {
    const store = await openSqliteStore({ file });
    await store.write((tx) => tx.insert('account', account('111122223333')));
    await store.close();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE meta SET value = 'older' WHERE name = 'keys';
      INSERT INTO document (kind, id, account, revision, body)
      SELECT kind, 'other', account, revision, body FROM document`);
    database.close();
    await expect(openSqliteStore({ file })).rejects.toThrow('share a name');
  });

  test('gets its keys computed anew when the code that makes them has changed', async () => {
    const store = await openSqliteStore({ file });
    await store.write((tx) => tx.insert('account', account('111122223333')));
    await store.close();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE meta SET value = 'older' WHERE name = 'keys'; DELETE FROM unique_key`);
    database.close();
    const next = await openSqliteStore({ file });
    expect(await next.read((tx) => tx.findUnique('account', 'name', '111122223333'))).toBeDefined();
    await next.close();
  });
});

test('a subscriber that throws does not undo the write, and the others are told', async () => {
  const errors: unknown[] = [];
  const told: number[] = [];
  const store = await openSqliteStore(
    { memory: true },
    { onSubscriberError: (error) => errors.push(error) },
  );
  const failure = new Error('no');
  store.subscribe(() => {
    throw failure;
  });
  store.subscribe(({ revision }) => told.push(revision));
  const { revision } = await store.write((tx) => tx.insert('account', account('111122223333')));
  expect({ revision, errors, told }).toEqual({ revision: 1, errors: [failure], told: [1] });
  await store.close();
});

test('a full disk fails the write, keeps nothing of it, and the store goes on', async () => {
  const database = openDatabase(':memory:');
  const store = storeOn(database);
  await store.write((tx) => tx.insert('account', account('111122223333')));
  database.exec('PRAGMA max_page_count = 40');
  let swallowed: unknown;
  const filling = store.write(async (tx) => {
    await tx.insert('account', account('before'));
    try {
      await tx.insert('account', account('x'.repeat(1_000_000)));
    } catch (error) {
      swallowed = error;
    }
    await tx.insert('account', account('after'));
  });
  await expect(filling).rejects.toThrow('this transaction failed before');
  expect(String(swallowed)).toContain('full');
  expect(store.revision()).toBe(1);
  expect(await store.read((tx) => tx.count('account'))).toBe(1);
  await store.write((tx) => tx.insert('account', account('222233334444')));
  expect(store.revision()).toBe(2);
  await store.close();
});
