import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { createAccount, ensureFirstAccount, isOperator } from './accounts.ts';

const NOW = new Date('2026-04-01T12:34:56Z');

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore({ memory: true });
});
afterEach(() => store.close());

const create = async (name: string) =>
  (await store.write((tx) => createAccount(tx, name, NOW))).value;

test('an account comes with a root key in AWS’s form', async () => {
  const { account, key } = await create('shop');
  expect(account).toMatchObject({ accountId: account.id, name: 'shop' });
  expect(account.id).toMatch(/^[1-9]\d{11}$/);
  expect(key.id).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(key.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(key).toMatchObject({
    accountId: account.id,
    principalArn: `arn:aws:iam::${account.id}:root`,
    active: true,
  });
  expect(await store.read((tx) => tx.get('accessKey', key.id))).toEqual(key);
});

test('the first account is made once', async () => {
  await ensureFirstAccount(store, NOW);
  await ensureFirstAccount(store, NOW);
  const { items } = await store.read((tx) => tx.list('account'));
  expect(items.map(({ name }) => name)).toEqual(['default']);
});

test('only the first account is the operator', async () => {
  const first = await create('default');
  const second = await create('shop');
  const verdicts = await store.read(async (tx) => [
    await isOperator(tx, first.account.id),
    await isOperator(tx, second.account.id),
  ]);
  expect(verdicts).toEqual([true, false]);
});

test('a name that is taken conflicts, and nothing changes', async () => {
  const { account } = await create('shop');
  const revision = store.revision();
  await expect(create('shop')).rejects.toMatchObject({
    code: 'ConflictException',
    message: 'an account with the name `shop` already exists; choose another name',
    members: { resourceId: account.id, resourceType: 'ACCOUNT' },
  });
  expect(store.revision()).toBe(revision);
});

describe('a name that no profile can have is refused', () => {
  const names = ['', 'Shop', 'a b', '-a', 'a-', 'a]', 'a\nb', 'a'.repeat(51)];
  test.each(names)('%j', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
