import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChangeSet } from '../lattice/documents.ts';
import type { Rule, Service, ServiceNetworkVpcAssociation } from '../lattice/resources.ts';
import { type Store, UniqueViolationError, type WriteTransaction } from './store.ts';

/** Where one store lives: a file, a database, a piece of memory. */
export interface StorePlace {
  /** Opens what is there; the first time, an empty store. */
  open(options?: { outboxLimit?: number; answerLimit?: number }): Promise<Store>;
  /** Program that writes until it is killed (`crash-writer.ts`), with its arguments. */
  readonly crashWriter?: readonly string[];
  remove(): Promise<void>;
}

export interface StoreUnderTest {
  readonly name: string;
  /** A new, empty place. */
  place(): Promise<StorePlace>;
  readonly supports: {
    /** What was written is there when the place is opened again. */
    readonly reopen: boolean;
  };
}

const TIME = '2026-01-01T00:00:00.000Z';
const NOW = new Date('2026-01-01T00:00:00Z');
const stored = (id: string) => ({
  id,
  accountId: '111122223333',
  createdAt: TIME,
  lastUpdatedAt: TIME,
});

const service = (id: string, with_: Partial<Service> = {}): Service => ({
  ...stored(id),
  arn: `arn:aws:vpc-lattice:us-west-2:111122223333:service/${id}`,
  name: id,
  authType: 'NONE',
  idleTimeoutSeconds: 60,
  dnsEntry: { domainName: `${id}.example`, hostedZoneId: 'Z1' },
  status: 'ACTIVE',
  ...with_,
});

const rule = (id: string, priority: number): Rule => ({
  ...stored(id),
  arn: `arn:rule/${id}`,
  serviceId: 'svc-1',
  listenerId: 'listener-1',
  name: id,
  isDefault: false,
  priority,
  action: { fixedResponse: { statusCode: 404 } },
});

const vpcAssociation = (id: string, vpcId: string): ServiceNetworkVpcAssociation => ({
  ...stored(id),
  arn: `arn:${id}`,
  serviceNetworkId: 'sn-1',
  vpcId,
  createdBy: '111122223333',
  securityGroupIds: [],
  privateDnsEnabled: false,
  status: 'ACTIVE',
});

/** The contract of `Store`: every implementation runs it. */
export const storeSuite = ({ name, place: newPlace, supports }: StoreUnderTest): void => {
  describe(`store contract: ${name}`, () => {
    let place: StorePlace;
    let store: Store;

    beforeEach(async () => {
      place = await newPlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const insert = (...services: Service[]) =>
      store.write(async (tx) => {
        for (const one of services) await tx.insert('service', one);
      });
    const get = (id: string) => store.read((tx) => tx.get('service', id));
    const reopen = async (options?: { outboxLimit?: number }) => {
      await store.close();
      store = await place.open(options);
    };
    const violation = (promise: Promise<unknown>): Promise<UniqueViolationError> =>
      promise.then(
        () => expect.fail('there was no error'),
        (error: unknown) => {
          expect(error).toBeInstanceOf(UniqueViolationError);
          return error as UniqueViolationError;
        },
      );

    describe('documents', () => {
      test('an empty store has revision 0 and no documents', async () => {
        expect(store.revision()).toBe(0);
        expect(await store.read((tx) => tx.list('service'))).toEqual({ items: [] });
        expect(await get('svc-1')).toBeUndefined();
        expect(await store.read((tx) => tx.count('service'))).toBe(0);
      });

      test('a document comes back as it was written', async () => {
        const odd = service('svc-1', { name: 'naïve "name" \u0000 😀', customDomainName: '' });
        await insert(odd);
        expect(await get('svc-1')).toEqual(odd);
      });

      test('ids are of a kind: another kind may have the same', async () => {
        await insert(service('x'));
        await store.write((tx) => tx.insert('rule', rule('x', 1)));
        expect(await get('x')).toEqual(service('x'));
        expect(await store.read((tx) => tx.get('rule', 'x'))).toEqual(rule('x', 1));
      });

      test('changing what was read or written changes nothing in the store', async () => {
        const mine = { ...service('svc-1') };
        await insert(mine);
        mine.name = 'changed';
        const read = (await get('svc-1')) as { name: string };
        read.name = 'changed';
        expect((await get('svc-1'))?.name).toBe('svc-1');
      });

      test('update replaces the document and keeps its place in the order', async () => {
        await insert(service('svc-b'), service('svc-a'));
        await store.write((tx) => tx.update('service', service('svc-b', { name: 'new' })));
        const { items } = await store.read((tx) => tx.list('service'));
        expect(items.map((item) => item.name)).toEqual(['new', 'svc-a']);
      });

      test('updating what is not there is an error', async () => {
        await expect(store.write((tx) => tx.update('service', service('svc-1')))).rejects.toThrow(
          'there is no service `svc-1` to update',
        );
      });

      test('updating the same document twice in one updateAll is an error', async () => {
        await insert(service('svc-1'));
        await expect(
          store.write((tx) => tx.updateAll('service', [service('svc-1'), service('svc-1')])),
        ).rejects.toThrow('twice');
      });

      test('delete says whether there was something', async () => {
        await insert(service('svc-1'));
        const both = await store.write(async (tx) => [
          await tx.delete('service', 'svc-1'),
          await tx.delete('service', 'svc-1'),
        ]);
        expect(both.value).toEqual([true, false]);
        expect(await get('svc-1')).toBeUndefined();
      });

      test('a transaction sees what it wrote itself', async () => {
        await store.write(async (tx) => {
          await tx.insert('service', service('svc-1'));
          expect(await tx.get('service', 'svc-1')).toEqual(service('svc-1'));
          expect(await tx.count('service')).toBe(1);
          await tx.delete('service', 'svc-1');
          expect(await tx.count('service')).toBe(0);
        });
      });
    });

    describe('lists', () => {
      const names = async (query: Parameters<WriteTransaction['list']>[1]) => {
        const page = await store.read((tx) => tx.list('service', query));
        return { names: page.items.map((item) => item.id), cursor: page.cursor };
      };

      test('are in order of creation, whatever the ids', async () => {
        await insert(service('svc-c'), service('svc-a'), service('svc-b'));
        expect((await names({})).names).toEqual(['svc-c', 'svc-a', 'svc-b']);
      });

      test('by an index hold what has the value, and follow updates and deletions', async () => {
        const query = { index: 'account', equals: '999999999999' };
        await insert(service('svc-1'), service('svc-2', { accountId: '999999999999' }));
        expect((await names(query)).names).toEqual(['svc-2']);
        await store.write((tx) =>
          tx.update('service', service('svc-1', { accountId: '999999999999' })),
        );
        expect((await names(query)).names).toEqual(['svc-1', 'svc-2']);
        expect(await store.read((tx) => tx.count('service', query))).toBe(2);
        await store.write((tx) => tx.delete('service', 'svc-2'));
        expect((await names(query)).names).toEqual(['svc-1']);
        expect(await store.read((tx) => tx.count('service', query))).toBe(1);
      });

      test('a document whose index value is undefined is not in that index', async () => {
        await insert(service('svc-1'), service('svc-2', { transitionAt: TIME }));
        expect((await names({ index: 'status', equals: 'transitional' })).names).toEqual(['svc-2']);
      });

      test('pages have no cursor at their end, also when the end is the limit', async () => {
        await insert(service('svc-1'), service('svc-2'));
        expect(await names({ limit: 2 })).toEqual({ names: ['svc-1', 'svc-2'], cursor: undefined });
        expect((await names({ limit: 1 })).cursor).toBeDefined();
      });

      test('a cursor stays valid when documents come and go, also its own and the last', async () => {
        await insert(service('svc-1'), service('svc-2'), service('svc-3'));
        const { cursor } = await names({ limit: 2 });
        await store.write(async (tx) => {
          await tx.delete('service', 'svc-2');
          await tx.delete('service', 'svc-3');
          await tx.insert('service', service('svc-4'));
        });
        expect(await names({ after: cursor! })).toEqual({ names: ['svc-4'], cursor: undefined });
      });

      test('pages of any size give every document once, in order', async () => {
        const ids = Array.from({ length: 25 }, (_, index) => `svc-${index}`);
        await insert(...ids.map((id) => service(id)));
        for (const index of [{}, { index: 'account', equals: '111122223333' }]) {
          for (const limit of [1, 3, 24, 25, 26]) {
            const seen: string[] = [];
            let after: string | undefined;
            do {
              const page = await names({ ...index, limit, ...(after && { after }) });
              seen.push(...page.names);
              after = page.cursor;
            } while (after);
            expect(seen).toEqual(ids);
          }
        }
      });

      const mistakes: [string, Parameters<WriteTransaction['list']>[1], string][] = [
        ['an unknown index', { index: 'colour', equals: 'red' }, 'has no index `colour`'],
        ['an index without a value', { index: 'account' }, 'needs `equals`'],
        ['a value without an index', { equals: 'x' }, 'needs an `index`'],
        ['a cursor that is none', { after: 'x; DROP' }, '`x; DROP` is not a cursor'],
        ['a limit of 0', { limit: 0 }, 'page of `0` documents'],
      ];
      for (const [what, query, text] of mistakes) {
        test(`${what} is an error`, async () => {
          await expect(store.read((tx) => tx.list('service', query))).rejects.toThrow(text);
        });
      }
    });

    describe('unique keys', () => {
      test('an id is taken once', async () => {
        await insert(service('svc-1'));
        const error = await violation(insert(service('svc-1', { name: 'other' })));
        expect(error).toMatchObject({
          kind: 'service',
          key: 'id',
          value: 'svc-1',
          holder: 'svc-1',
        });
      });

      test('a value is taken once, and the error names who has it', async () => {
        await insert(service('svc-1', { name: 'cart' }));
        const error = await violation(insert(service('svc-2', { name: 'cart' })));
        expect(error).toMatchObject({
          kind: 'service',
          key: 'name',
          value: '111122223333/cart',
          holder: 'svc-1',
        });
        expect(await get('svc-2')).toBeUndefined();
      });

      test('an update cannot take a value either', async () => {
        await insert(service('svc-1'), service('svc-2'));
        const error = await violation(
          store.write((tx) => tx.update('service', service('svc-2', { name: 'svc-1' }))),
        );
        expect(error.holder).toBe('svc-1');
        expect((await get('svc-2'))?.name).toBe('svc-2');
      });

      test('a value is free again after a change and after a deletion', async () => {
        await insert(service('svc-1', { name: 'a' }), service('svc-2', { name: 'b' }));
        await store.write(async (tx) => {
          await tx.update('service', service('svc-1', { name: 'c' }));
          await tx.delete('service', 'svc-2');
          await tx.insert('service', service('svc-3', { name: 'a' }));
          await tx.insert('service', service('svc-4', { name: 'b' }));
        });
        expect(await store.read((tx) => tx.count('service'))).toBe(3);
      });

      test('undefined is not constrained', async () => {
        await store.write(async (tx) => {
          for (const id of ['rule-1', 'rule-2']) {
            const { priority: _, ...rest } = rule(id, 1);
            await tx.insert('rule', { ...rest, listenerId: id, isDefault: true });
          }
        });
        expect(await store.read((tx) => tx.count('rule'))).toBe(2);
      });

      test('a VPC has one association', async () => {
        await store.write((tx) =>
          tx.insert('serviceNetworkVpcAssociation', vpcAssociation('snva-1', 'vpc-1')),
        );
        const error = await violation(
          store.write((tx) =>
            tx.insert('serviceNetworkVpcAssociation', vpcAssociation('snva-2', 'vpc-1')),
          ),
        );
        expect(error).toMatchObject({ key: 'vpc', holder: 'snva-1' });
      });

      test('updateAll lets documents swap and rotate their values', async () => {
        await store.write(async (tx) => {
          for (const priority of [1, 2, 3]) {
            await tx.insert('rule', rule(`rule-${priority}`, priority));
          }
          await tx.updateAll('rule', [rule('rule-1', 2), rule('rule-2', 3), rule('rule-3', 1)]);
        });
        const { items } = await store.read((tx) => tx.list('rule'));
        expect(items.map((item) => item.priority)).toEqual([2, 3, 1]);
        expect(
          await store.read((tx) => tx.findUnique('rule', 'priority', 'listener-1/1')),
        ).toMatchObject({ id: 'rule-3' });
      });

      test('updateAll refuses a value that one of them or another keeps', async () => {
        await store.write(async (tx) => {
          for (const priority of [1, 2, 3]) {
            await tx.insert('rule', rule(`rule-${priority}`, priority));
          }
        });
        const outside = store.write((tx) =>
          tx.updateAll('rule', [rule('rule-1', 2), rule('rule-2', 3)]),
        );
        expect((await violation(outside)).holder).toBe('rule-3');
        const inside = store.write((tx) =>
          tx.updateAll('rule', [rule('rule-1', 9), rule('rule-2', 9)]),
        );
        expect((await violation(inside)).holder).toBe('rule-1');
        const { items } = await store.read((tx) => tx.list('rule'));
        expect(items.map((item) => item.priority)).toEqual([1, 2, 3]);
      });

      test('findUnique finds the holder and nothing else', async () => {
        await insert(service('svc-1', { name: 'cart' }));
        const find = (key: string, value: string) =>
          store.read((tx) => tx.findUnique('service', key, value));
        expect(await find('name', '111122223333/cart')).toEqual(service('svc-1', { name: 'cart' }));
        expect(await find('name', '111122223333/cart2')).toBeUndefined();
        await expect(find('colour', 'red')).rejects.toThrow('has no unique key `colour`');
      });

      test('a refused write leaves nothing behind when the transaction goes on', async () => {
        await insert(service('svc-1', { name: 'cart' }));
        await store.write(async (tx) => {
          await violation(tx.insert('service', service('svc-2', { name: 'cart' })));
          await tx.insert('service', service('svc-2', { name: 'basket' }));
        });
        expect((await get('svc-2'))?.name).toBe('basket');
        const account = { index: 'account', equals: '111122223333' };
        expect(await store.read((tx) => tx.count('service', account))).toBe(2);
      });
    });

    describe('transactions', () => {
      test('give the value and the new revision; each that changes something makes one', async () => {
        const first = await store.write(async (tx) => {
          await tx.insert('service', service('svc-1'));
          await tx.insert('service', service('svc-2'));
          return 'done';
        });
        expect(first).toEqual({ value: 'done', revision: 1 });
        expect((await insert(service('svc-3'))).revision).toBe(2);
        expect(store.revision()).toBe(2);
      });

      test('that change nothing keep the revision and tell nobody', async () => {
        await insert(service('svc-1'));
        const seen: ChangeSet[] = [];
        store.subscribe((changes) => seen.push(changes));
        const results = [
          await store.write(async () => 'nothing'),
          await store.write((tx) => tx.delete('service', 'svc-9')),
          await store.write((tx) => tx.update('service', service('svc-1'))),
          await store.write(async (tx) => {
            await tx.insert('service', service('svc-2'));
            await tx.delete('service', 'svc-2');
          }),
        ];
        expect(results.map((result) => result.revision)).toEqual([1, 1, 1, 1]);
        expect(seen).toEqual([]);
      });

      test('that throw change nothing and pass the error on', async () => {
        await insert(service('svc-1'));
        const failure = new Error('no');
        await expect(
          store.write(async (tx) => {
            await tx.insert('service', service('svc-2'));
            await tx.update('service', service('svc-1', { name: 'new' }));
            await tx.rememberAnswer('key', { digest: 'd', answer: 1 }, new Date(NOW.getTime() + 1));
            throw failure;
          }),
        ).rejects.toBe(failure);
        expect(store.revision()).toBe(1);
        expect(await store.read((tx) => tx.list('service'))).toEqual({ items: [service('svc-1')] });
        expect(await store.read((tx) => tx.recallAnswer('key', NOW))).toBeUndefined();
        expect(await store.changesSince(0)).toHaveLength(1);
        expect((await insert(service('svc-2', { name: 'new' }))).revision).toBe(2);
      });

      test('many writers at once lose nothing and see each other', async () => {
        await insert(service('svc-1', { idleTimeoutSeconds: 0 }));
        const writers = Array.from({ length: 100 }, () =>
          store.write(async (tx) => {
            const before = await tx.get('service', 'svc-1');
            await new Promise(setImmediate);
            const idleTimeoutSeconds = (before?.idleTimeoutSeconds ?? 0) + 1;
            await tx.update('service', service('svc-1', { idleTimeoutSeconds }));
          }),
        );
        const revisions = (await Promise.all(writers)).map((result) => result.revision);
        expect(revisions).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
        expect((await get('svc-1'))?.idleTimeoutSeconds).toBe(100);
      });

      test('a read sees one state, whatever commits meanwhile', async () => {
        await insert(service('svc-1'), service('svc-2'));
        const { promise: started, resolve: start } = Promise.withResolvers<void>();
        const { promise: blocked, resolve: goOn } = Promise.withResolvers<void>();
        const reading = store.read(async (tx) => {
          const first = await tx.get('service', 'svc-1');
          start();
          await blocked;
          return [first?.name, (await tx.get('service', 'svc-2'))?.name];
        });
        await started;
        const writing = store.write((tx) =>
          tx.updateAll('service', [
            service('svc-1', { name: 'new-1' }),
            service('svc-2', { name: 'new-2' }),
          ]),
        );
        goOn();
        expect(await reading).toEqual(['svc-1', 'svc-2']);
        await writing;
        expect((await get('svc-2'))?.name).toBe('new-2');
      });

      test('a read never sees half of a write', async () => {
        await insert(service('svc-1'), service('svc-2'));
        const writing = store.write(async (tx) => {
          await tx.update('service', service('svc-1', { name: 'new-1' }));
          await new Promise(setImmediate);
          await tx.update('service', service('svc-2', { name: 'new-2' }));
        });
        const names = store.read(async (tx) => {
          const { items } = await tx.list('service');
          return items.map((item) => item.name).join();
        });
        expect(['svc-1,svc-2', 'new-1,new-2']).toContain(await names);
        await writing;
      });

      const nested: [string, (store: Store) => Promise<unknown>][] = [
        ['a write in a write', (s) => s.write(() => s.write(async () => 1))],
        ['a read in a write', (s) => s.write(() => s.read(async () => 1))],
        ['a write in a read', (s) => s.read(() => s.write(async () => 1))],
        ['a read in a read', (s) => s.read(() => s.read(async () => 1))],
        ['changesSince in a write', (s) => s.write(() => s.changesSince(0))],
      ];
      for (const [what, run] of nested) {
        test(`${what} is an error that says so, and the store goes on`, async () => {
          await expect(run(store)).rejects.toThrow('inside another one');
          expect((await insert(service('svc-1'))).revision).toBe(1);
        });
      }

      test('a transaction that is over cannot be used', async () => {
        const { value: old } = await store.write(async (tx) => ({ tx }));
        await expect(old.tx.insert('service', service('svc-1'))).rejects.toThrow('has ended');
        await expect(old.tx.get('service', 'svc-1')).rejects.toThrow('has ended');
      });

      test('a read transaction cannot write', async () => {
        const attempt = store.read((tx) =>
          (tx as WriteTransaction).insert('service', service('svc-1')),
        );
        await expect(attempt).rejects.toThrow('cannot write');
      });

      test('work that a transaction started may use the store once it is over', async () => {
        let later: Promise<unknown> = Promise.resolve();
        await store.write(async () => {
          later = new Promise(setImmediate).then(() => insert(service('svc-1')));
        });
        await later;
        expect(await get('svc-1')).toBeDefined();
      });

      test('after close everything is refused', async () => {
        await store.close();
        await expect(get('svc-1')).rejects.toThrow('the store is closed');
        await expect(insert(service('svc-1'))).rejects.toThrow('the store is closed');
        await store.close();
      });

      test('close waits for what runs', async () => {
        const writing = insert(service('svc-1'));
        await store.close();
        expect((await writing).revision).toBe(1);
      });
    });

    describe('changes', () => {
      test('subscribers get them in order of revision, before the write is answered', async () => {
        const events: string[] = [];
        store.subscribe(({ revision }) => events.push(`told ${revision}`));
        await Promise.all(
          [1, 2, 3].map(async (number) => {
            const { revision } = await insert(service(`svc-${number}`));
            events.push(`answered ${revision}`);
          }),
        );
        expect(events.filter((event) => event.startsWith('told'))).toEqual([
          'told 1',
          'told 2',
          'told 3',
        ]);
        for (const revision of [1, 2, 3]) {
          expect(events.indexOf(`told ${revision}`)).toBeLessThan(
            events.indexOf(`answered ${revision}`),
          );
        }
      });

      test('say what came of a transaction: one change a document', async () => {
        await insert(service('svc-a'), service('svc-b'), service('svc-c'));
        const seen: ChangeSet[] = [];
        store.subscribe((changes) => seen.push(changes));
        await store.write(async (tx) => {
          await tx.update('service', service('svc-b', { name: 'one' }));
          await tx.insert('service', service('svc-d'));
          await tx.update('service', service('svc-b', { name: 'two' }));
          await tx.update('service', service('svc-d', { name: 'dee' }));
          await tx.delete('service', 'svc-c');
          await tx.delete('service', 'svc-a');
          await tx.insert('service', service('svc-a', { name: 'again' }));
        });
        expect(seen).toEqual([
          {
            revision: 2,
            changes: [
              {
                kind: 'service',
                id: 'svc-b',
                before: service('svc-b'),
                after: service('svc-b', { name: 'two' }),
              },
              { kind: 'service', id: 'svc-d', after: service('svc-d', { name: 'dee' }) },
              { kind: 'service', id: 'svc-c', before: service('svc-c') },
              {
                kind: 'service',
                id: 'svc-a',
                before: service('svc-a'),
                after: service('svc-a', { name: 'again' }),
              },
            ],
          },
        ]);
      });

      test('nobody is told after the subscription ended', async () => {
        const seen: number[] = [];
        const stop = store.subscribe(({ revision }) => seen.push(revision));
        await insert(service('svc-1'));
        stop();
        await insert(service('svc-2'));
        expect(seen).toEqual([1]);
      });

      test('a subscriber may write: its transaction is the next one', async () => {
        const { promise, resolve } = Promise.withResolvers<unknown>();
        const stop = store.subscribe(() => {
          stop();
          resolve(insert(service('svc-2')));
        });
        await insert(service('svc-1'));
        await promise;
        expect(store.revision()).toBe(2);
      });

      test('changesSince tells the same as subscribers were told', async () => {
        const seen: ChangeSet[] = [];
        store.subscribe((changes) => seen.push(changes));
        await insert(service('svc-1'));
        await store.write((tx) => tx.update('service', service('svc-1', { name: 'new' })));
        await store.write((tx) => tx.delete('service', 'svc-1'));
        expect(await store.changesSince(0)).toEqual(seen);
        expect(await store.changesSince(2)).toEqual(seen.slice(2));
        expect(await store.changesSince(3)).toEqual([]);
        expect(await store.changesSince(4)).toBeUndefined();
      });
    });

    describe('answers', () => {
      const later = (ms: number) => new Date(NOW.getTime() + ms);
      const remember = (key: string, answer: unknown, expiresAt: Date) =>
        store.write((tx) => tx.rememberAnswer(key, { digest: 'd', answer }, expiresAt));
      const recall = (key: string, now: Date) => store.read((tx) => tx.recallAnswer(key, now));

      test('come back until they expire, make no revision and tell nobody', async () => {
        const seen: ChangeSet[] = [];
        store.subscribe((changes) => seen.push(changes));
        const { revision } = await remember('key', { id: 'svc-1' }, later(10));
        expect(revision).toBe(0);
        expect(seen).toEqual([]);
        expect(await recall('key', later(9))).toEqual({ digest: 'd', answer: { id: 'svc-1' } });
        expect(await recall('key', later(10))).toBeUndefined();
        expect(await recall('other', NOW)).toBeUndefined();
      });

      test('a newer one replaces an older one', async () => {
        await remember('key', 1, later(10));
        await remember('key', 2, later(10));
        expect(await recall('key', NOW)).toEqual({ digest: 'd', answer: 2 });
      });

      test('beyond the limit, those that expire first are forgotten', async () => {
        await store.close();
        store = await place.open({ answerLimit: 2 });
        await remember('soon', 1, later(10));
        await remember('late', 1, later(30));
        await remember('mid', 1, later(20));
        expect(await recall('soon', NOW)).toBeUndefined();
        expect(await recall('mid', NOW)).toBeDefined();
        expect(await recall('late', NOW)).toBeDefined();
      });
    });

    test('any sequence of writes leaves what a plain map would hold', async () => {
      const step = fc.record({
        type: fc.constantFrom('insert' as const, 'update' as const, 'delete' as const),
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        name: fc.constantFrom('p', 'q', 'r'),
        account: fc.constantFrom('111122223333', '999999999999'),
      });
      const run = async (
        steps: readonly (readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[])[],
      ) => {
        const fresh = await newPlace();
        const subject = await fresh.open();
        const model = new Map<string, Service>();
        const replayed = new Map<string, unknown>();
        subject.subscribe(({ changes }) => {
          for (const change of changes) {
            expect(change.before).toEqual(replayed.get(change.id));
            if (change.after) replayed.set(change.id, change.after);
            else replayed.delete(change.id);
          }
        });
        for (const transaction of steps) {
          await subject.write(async (tx) => {
            for (const { type, id, name, account } of transaction) {
              const next = service(id, { name, accountId: account });
              const isTaken = [...model.values()].some(
                (other) => other.id !== id && other.name === name && other.accountId === account,
              );
              const isThere = model.has(id);
              if (type === 'delete') {
                expect(await tx.delete('service', id)).toBe(isThere);
                model.delete(id);
              } else if (type === 'insert' && (isThere || isTaken)) {
                await violation(tx.insert('service', next));
              } else if (type === 'insert') {
                await tx.insert('service', next);
                model.set(id, next);
              } else if (isThere && isTaken) {
                await violation(tx.update('service', next));
              } else if (isThere) {
                await tx.update('service', next);
                model.set(id, next);
              }
            }
          });
        }
        const all = await subject.read((tx) => tx.list('service'));
        expect(all.items).toEqual([...model.values()]);
        expect(new Map(replayed)).toEqual(new Map(model));
        for (const equals of ['111122223333', '999999999999']) {
          const { items } = await subject.read((tx) =>
            tx.list('service', { index: 'account', equals }),
          );
          expect(items).toEqual([...model.values()].filter((one) => one.accountId === equals));
        }
        await subject.close();
        await fresh.remove();
      };
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 6 }), run),
        { numRuns: 25 },
      );
    });

    if (supports.reopen) {
      describe('after opening again', () => {
        test('everything is there', async () => {
          await insert(service('svc-1'), service('svc-2'));
          await store.write(async (tx) => {
            await tx.delete('service', 'svc-2');
            await tx.rememberAnswer('key', { digest: 'd', answer: 1 }, new Date(NOW.getTime() + 1));
          });
          const before = await store.changesSince(0);
          await reopen();
          expect(store.revision()).toBe(2);
          expect(await store.read((tx) => tx.list('service'))).toEqual({
            items: [service('svc-1')],
          });
          expect(await store.changesSince(0)).toEqual(before);
          expect(await store.read((tx) => tx.recallAnswer('key', NOW))).toBeDefined();
          expect((await violation(insert(service('svc-1')))).key).toBe('id');
          expect((await insert(service('svc-3'))).revision).toBe(3);
        });

        test('a cursor of before still works', async () => {
          await insert(service('svc-1'), service('svc-2'), service('svc-3'));
          const page = await store.read((tx) => tx.list('service', { limit: 2 }));
          await store.write((tx) => tx.delete('service', 'svc-3'));
          await reopen();
          await insert(service('svc-4'));
          const next = await store.read((tx) => tx.list('service', { after: page.cursor! }));
          expect(next.items.map((item) => item.id)).toEqual(['svc-4']);
        });

        test('a trimmed outbox reaches back as far as its limit', async () => {
          await reopen({ outboxLimit: 3 });
          for (let number = 1; number <= 5; number += 1) await insert(service(`svc-${number}`));
          await reopen({ outboxLimit: 3 });
          expect(await store.changesSince(1)).toBeUndefined();
          expect((await store.changesSince(2))?.map(({ revision }) => revision)).toEqual([3, 4, 5]);
          expect(store.revision()).toBe(5);
        });
      });

      test('a killed writer loses no acknowledged write and leaves no half of one', async () => {
        if (!place.crashWriter) throw new Error('a store that can be reopened needs a crashWriter');
        await store.close();
        const writer = spawn(process.execPath, place.crashWriter, {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const ended = new Promise((resolve) => writer.once('exit', (_, signal) => resolve(signal)));
        let acknowledged = 0;
        for await (const line of createInterface({ input: writer.stdout })) {
          acknowledged = Number(line);
          if (acknowledged === 50) writer.kill('SIGKILL');
        }
        expect(await ended).toBe('SIGKILL');
        store = await place.open();
        const { items } = await store.read((tx) => tx.list('account'));
        const numbers = (side: string) =>
          items.filter(({ id }) => id.startsWith(side)).map(({ id }) => Number(id.split('-')[1]));
        const left = numbers('left');
        expect(left.length).toBeGreaterThanOrEqual(acknowledged);
        expect(left).toEqual(Array.from(left, (_, index) => index + 1));
        expect(numbers('right')).toEqual(left);
        expect(items[0]?.name).toBe(`count-${left.length}`);
        expect(store.revision()).toBe(left.length + 1);
        const last = await store.changesSince(left.length);
        expect(last?.[0]?.changes).toHaveLength(3);
      });
    }
  });
};
