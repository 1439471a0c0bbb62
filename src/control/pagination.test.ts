import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { decodeToken, encodeToken, listPage, type PageScope } from './pagination.ts';

const NOW = '2026-04-01T12:00:00.000Z';
const ACCOUNT = '111122223333';
const SCOPE: PageScope = {
  accountId: ACCOUNT,
  operation: 'ListServiceNetworks',
  filter: { a: '1', b: undefined },
};

const storeWith = async (count: number): Promise<Store> => {
  const store = await openSqliteStore({ memory: true });
  await store.write(async (tx) => {
    for (let i = 0; i < count; i++) {
      await tx.insert('serviceNetwork', {
        id: `sn-${i}`,
        accountId: ACCOUNT,
        arn: `arn-${i}`,
        name: `n-${i}`,
        authType: 'NONE',
        createdAt: NOW,
        lastUpdatedAt: NOW,
      });
    }
  });
  return store;
};

const pageOf = (
  store: Store,
  input: { maxResults?: number; nextToken?: string | undefined },
  accept?: (document: { id: string }) => boolean,
) =>
  store.read((tx) =>
    listPage(tx, 'serviceNetwork', { index: 'account', equals: ACCOUNT }, input, SCOPE, accept),
  );

describe('listPage', () => {
  test('has 100 items unless told otherwise', async () => {
    const store = await storeWith(101);
    const first = await pageOf(store, {});
    expect(first.items).toHaveLength(100);
    const second = await pageOf(store, { nextToken: first.nextToken });
    expect(second.items.map(({ id }) => id)).toEqual(['sn-100']);
    expect(second).not.toHaveProperty('nextToken');
  });

  test('shows everything once and in order, whatever the sizes and the filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        async (count, maxResults, every) => {
          const store = await storeWith(count);
          const accept = ({ id }: { id: string }) => Number(id.slice(3)) % every === 0;
          const seen: string[] = [];
          let nextToken: string | undefined;
          do {
            const page = await pageOf(store, { maxResults, nextToken }, accept);
            expect(page.items.length).toBeLessThanOrEqual(maxResults);
            seen.push(...page.items.map(({ id }) => id));
            nextToken = page.nextToken;
          } while (nextToken !== undefined);
          const all = Array.from({ length: count }, (_, i) => ({ id: `sn-${i}` }));
          expect(seen).toEqual(all.filter(accept).map(({ id }) => id));
          await store.close();
        },
      ),
      { numRuns: 30 },
    );
  });

  test('goes on after the last item when that is deleted', async () => {
    const store = await storeWith(3);
    const { nextToken } = await pageOf(store, { maxResults: 2 });
    await store.write((tx) => tx.delete('serviceNetwork', 'sn-1'));
    expect((await pageOf(store, { nextToken })).items.map(({ id }) => id)).toEqual(['sn-2']);
  });
});

describe('a token', () => {
  test('gives its cursor back in its own scope', () => {
    fc.assert(
      fc.property(fc.string(), (cursor) => {
        expect(decodeToken(encodeToken(cursor, SCOPE), SCOPE)).toBe(cursor);
      }),
    );
  });

  test.each([
    { name: 'another account', scope: { ...SCOPE, accountId: '444455556666' } },
    { name: 'another operation', scope: { ...SCOPE, operation: 'ListServices' } },
    { name: 'another filter', scope: { ...SCOPE, filter: { a: '2' } } },
    { name: 'no filter', scope: { accountId: ACCOUNT, operation: SCOPE.operation } },
  ])('is refused for $name', ({ scope }) => {
    expect(() => decodeToken(encodeToken('7', SCOPE), scope)).toThrow(
      'The nextToken is invalid. Start again without it.',
    );
  });

  test.each(['zzz', '', '-1', '1e3', '0x10', '1234567890123456', ' 1', '1; DROP'])(
    'that the caller made for the cursor %j is refused',
    async (cursor) => {
      const store = await storeWith(1);
      await expect(pageOf(store, { nextToken: encodeToken(cursor, SCOPE) })).rejects.toMatchObject({
        code: 'ValidationException',
        message: 'The nextToken is invalid. Start again without it.',
      });
    },
  );

  test('is refused when it is anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeToken(text, SCOPE)).toThrow('The nextToken is invalid.');
      }),
    );
  });
});
