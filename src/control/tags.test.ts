import { beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { dropTags, putTags, readTags, removeTags, type Tags } from './tags.ts';

const RESOURCE = {
  arn: 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-00000000000000001',
  accountId: '111122223333',
  resourceType: 'vpc-lattice:service',
};
const at = (second: number) => ({
  now: new Date(Date.UTC(2026, 3, 1, 12, 0, second)),
  settings: { quotas: { tagsPerResource: 3 } },
});

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore({ memory: true });
});

const put = (tags: Tags | undefined, second = 0) =>
  store.write((tx) => putTags(tx, RESOURCE, tags, at(second)));
const read = () => store.read((tx) => readTags(tx, RESOURCE.arn));

test('tags are added, replaced, taken away and dropped', async () => {
  expect(await read()).toEqual({});
  await put({ a: '1', b: '2' });
  await put({ b: '3', c: '' }, 1);
  expect(await store.read((tx) => tx.get('tagSet', RESOURCE.arn))).toEqual({
    id: RESOURCE.arn,
    accountId: RESOURCE.accountId,
    resourceType: RESOURCE.resourceType,
    tags: { a: '1', b: '3', c: '' },
    createdAt: '2026-04-01T12:00:00.000Z',
    lastUpdatedAt: '2026-04-01T12:00:01.000Z',
  });
  await store.write((tx) => removeTags(tx, RESOURCE.arn, ['a', 'never'], at(2)));
  expect(await read()).toEqual({ b: '3', c: '' });
  await store.write((tx) => dropTags(tx, RESOURCE.arn));
  expect(await store.read((tx) => tx.get('tagSet', RESOURCE.arn))).toBeUndefined();
});

test('a resource without tags has no document', async () => {
  await put(undefined);
  await put({});
  expect(store.revision()).toBe(0);
  await put({ a: '1' });
  await store.write((tx) => removeTags(tx, RESOURCE.arn, ['a'], at(1)));
  expect(await store.read((tx) => tx.get('tagSet', RESOURCE.arn))).toBeUndefined();
});

test('taking away what is not there changes nothing', async () => {
  await put({ a: '1' });
  await store.write((tx) => removeTags(tx, RESOURCE.arn, ['b'], at(1)));
  expect(store.revision()).toBe(1);
});

test('__proto__ is a key like any other', async () => {
  await put(JSON.parse('{"__proto__":"1","constructor":"2"}'));
  expect(Object.entries(await read())).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
  ]);
  await store.write((tx) => removeTags(tx, RESOURCE.arn, ['constructor'], at(1)));
  expect(Object.entries(await read())).toEqual([['__proto__', '1']]);
});

describe('refused, and nothing is changed:', () => {
  test.each([
    { name: 'a reserved key', tags: { 'aws:a': '1' }, message: /^aws: prefixed tag key names/ },
    { name: 'a reserved key in capitals', tags: { 'AWS:a': '1' }, message: /^aws: prefixed/ },
    { name: 'an empty key', tags: { '': '1' }, message: /between 1 and 128/ },
    {
      name: 'a key of 129 characters',
      tags: { ['k'.repeat(129)]: '' },
      message: /between 1 and 128/,
    },
    { name: 'a value of 257 characters', tags: { k: 'v'.repeat(257) }, message: /256 characters/ },
    {
      name: 'a fourth tag where there may be three',
      tags: { b: '', c: '', d: '' },
      message: 'A resource can have at most 3 tags.',
    },
  ])('$name', async ({ tags, message }) => {
    await put({ a: '1' });
    await expect(put(tags as Tags)).rejects.toMatchObject({
      code: 'ValidationException',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect(await read()).toEqual({ a: '1' });
  });
});

test('the longest key and value are taken', async () => {
  const tags = { ['k'.repeat(128)]: 'v'.repeat(256) };
  await put(tags);
  expect(await read()).toEqual(tags);
});
