import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BUILDERS } from '../compile/builders.ts';
import { compile } from '../compile/compile.ts';
import { Compiler } from '../compile/compiler.ts';
import { DocumentSet, editsArbitrary } from '../compile/documents.arbitrary.ts';
import { DataPlaneState } from '../dataplane/state.ts';
import { assertConsistent } from '../snapshot/consistency.ts';
import { applyDelta } from '../snapshot/delta.ts';
import type { Parts, SnapshotDelta } from '../snapshot/parts.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { type Store, UniqueViolationError } from '../store/store.ts';
import { type LogFields, type Logger, silentLogger } from '../telemetry/logger.ts';
import type { FeedLink } from './feeds.ts';
import { Publisher } from './publisher.ts';

/** A worker that applies what it gets when it is told to. */
class FakeWorker {
  parts: Parts = new Map();
  readonly received: SnapshotDelta[] = [];
  link: FeedLink | undefined;
  #waiting: SnapshotDelta[] = [];

  send(delta: SnapshotDelta): void {
    this.received.push(delta);
    this.#waiting.push(delta);
  }

  /** Applies all that came, also what comes because of that. */
  apply(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.parts = applyDelta(this.parts, next);
      this.link?.applied(next.revision);
    }
  }
}

const recordingLogger = () => {
  const entries: { level: string; message: string; fields: LogFields | undefined }[] = [];
  const log = (level: string) => (message: string, fields?: LogFields) => {
    entries.push({ level, message, fields });
  };
  const logger: Logger = { ...silentLogger, error: log('error'), warn: log('warn') };
  return { logger, entries };
};

const sorted = (parts: Parts) => [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
const service = BUILDERS.service({});
/** Of a kind that the data plane has no part of. */
const resourcePolicy = BUILDERS.authPolicy({ id: service.arn });

describe('the publisher', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore({ memory: true });
  });
  afterEach(() => store.close());

  const insert = (id: string) =>
    store.write((tx) => tx.insert('service', BUILDERS.service({ id })));
  const join = (publisher: Publisher) => {
    const worker = new FakeWorker();
    worker.link = publisher.addFeed(worker);
    return worker;
  };

  test('starts with what is in the store and follows it', async () => {
    await insert('svc-1');
    const publisher = new Publisher({ store, logger: silentLogger });
    await publisher.start();
    expect([publisher.revision, [...publisher.parts.keys()]]).toEqual([1, ['service/svc-1']]);
    const worker = join(publisher);
    worker.apply();
    const { revision } = await insert('svc-2');
    expect(publisher.revision).toBe(revision);
    // Told within the commit: nothing needs to be waited for.
    expect(worker.received.map((delta) => [delta.full, delta.revision])).toEqual([
      [true, 1],
      [false, 2],
    ]);
    worker.apply();
    expect(sorted(worker.parts)).toEqual(sorted(publisher.parts));
    expect(await publisher.settle(revision, 1000)).toBe(true);
  });

  test('misses no change that is made while it starts', async () => {
    await insert('svc-1');
    const publisher = new Publisher({ store, logger: silentLogger });
    const writes = [insert('svc-2'), insert('svc-3')];
    const starting = publisher.start();
    writes.push(insert('svc-4'), insert('svc-5'));
    await starting;
    await Promise.all(writes);
    expect(publisher.revision).toBe(5);
    expect(publisher.parts.size).toBe(5);
  });

  test('moves its revision without waking workers when nothing of theirs changed', async () => {
    const publisher = new Publisher({ store, logger: silentLogger });
    await publisher.start();
    const worker = join(publisher);
    worker.apply();
    const { revision } = await store.write((tx) => tx.insert('resourcePolicy', resourcePolicy));
    expect(publisher.revision).toBe(revision);
    expect(worker.received).toHaveLength(1);
    expect(await publisher.settle(revision, 1000)).toBe(true);
    expect(publisher.counters).toEqual({ published: 0, failures: 0 });
  });

  test('takes an access key that is made inactive from every worker by the time that it settles', async () => {
    const [key, account] = [BUILDERS.accessKey({}), BUILDERS.account({})];
    await store.write(async (tx) => {
      await tx.insert('account', account);
      await tx.insert('accessKey', key);
    });
    const publisher = new Publisher({ store, logger: silentLogger });
    await publisher.start();
    const state = new DataPlaneState({ now: () => 0 });
    const waiting: SnapshotDelta[] = [];
    const link = publisher.addFeed({ send: (delta) => waiting.push(delta) });
    const apply = () => {
      const delta = waiting.shift() as SnapshotDelta;
      state.apply(delta);
      link.applied(delta.revision);
    };
    const find = () => state.callers.find(key.id, undefined, 0).found;
    apply();
    expect(find()).toBe('caller');
    const change = (active: boolean) =>
      store.write((tx) => tx.update('accessKey', { ...key, active }));
    const { revision } = await change(false);
    const settled = publisher.settle(revision, 1000);
    apply();
    expect([await settled, find()]).toEqual([true, 'nobody']);
    await change(true);
    apply();
    expect(find()).toBe('caller');
  });

  test('keeps workers that apply at any pace on what a full compile makes', async () => {
    const pace = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(editsArbitrary, pace, async (transactions, paces) => {
        const own = await openSqliteStore({ memory: true });
        const publisher = new Publisher({ store: own, logger: silentLogger });
        await publisher.start();
        const [quick, slow] = [join(publisher), join(publisher)];
        const documents = new DocumentSet({});
        for (const [index, edits] of transactions.entries()) {
          const before = new DocumentSet(documents.resources());
          const changes = documents.edit(edits);
          // What the store refuses must not reach anybody; the model is taken back.
          const refused = await own
            .write(async (tx) => {
              for (const { kind, id, after } of changes) {
                await tx.delete(kind, id);
                if (after) await tx.insert(kind, after as never);
              }
            })
            .then(() => false)
            .catch((error: unknown) => {
              if (error instanceof UniqueViolationError) return true;
              throw error;
            });
          if (refused) documents.reset(before);
          quick.apply();
          if (paces[index % paces.length]) slow.apply();
          assertConsistent(slow.parts);
        }
        slow.apply();
        const expected = sorted(compile(documents.resources()).parts);
        expect(sorted(publisher.parts)).toEqual(expected);
        expect(sorted(quick.parts)).toEqual(expected);
        expect(sorted(slow.parts)).toEqual(expected);
        expect(publisher.counters.failures).toBe(0);
        await own.close();
      }),
      { numRuns: 30 },
    );
  });

  test('tells what cannot be served as it is written', async () => {
    const { logger, entries } = recordingLogger();
    const publisher = new Publisher({ store, logger });
    await publisher.start();
    await insert('svc-1');
    await store.write((tx) =>
      tx.insert(
        'listener',
        BUILDERS.listener({
          defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: 'tg-9' }] } },
        }),
      ),
    );
    expect(entries).toMatchObject([
      { level: 'warn', fields: { code: 'danglingTargetGroup', id: 'listener-1' } },
    ]);
    expect(publisher.problems()).toHaveLength(1);
  });

  test('refuses feeds before it is started, and a second start', async () => {
    const publisher = new Publisher({ store, logger: silentLogger });
    expect(() => publisher.addFeed(new FakeWorker())).toThrow('start the publisher first');
    await publisher.start();
    await expect(publisher.start()).rejects.toThrow('started already');
  });

  test('follows nothing once it is stopped', async () => {
    const publisher = new Publisher({ store, logger: silentLogger });
    await publisher.start();
    publisher.stop();
    await insert('svc-1');
    expect(publisher.revision).toBe(0);
  });

  describe('when compiling fails', () => {
    /** Compilers that throw while `broken` says so. */
    const fragile = () => {
      const broken = { step: false, everything: false, inconsistent: false };
      const { logger, entries } = recordingLogger();
      const publisher = new Publisher({
        store,
        logger,
        newCompiler: (resources) => {
          if (broken.everything) throw new Error('broken compiler');
          const compiler = new Compiler(resources);
          return {
            parts: compiler.parts,
            problems: () => compiler.problems(),
            apply: (changeSet) => {
              if (broken.step) throw new Error('broken step');
              const step = compiler.apply(changeSet);
              if (!broken.inconsistent) return step;
              const vpc = {
                kind: 'vpc' as const,
                id: 'vpc-1',
                arn: 'arn',
                accountId: '1',
                networkId: 'sn-missing',
                cidrs: [],
                securityGroupIds: [],
                defaultNetworkAclId: 'acl-1',
              };
              return { ...step, delta: { ...step.delta, upsert: [vpc] } };
            },
          };
        },
      });
      return { broken, publisher, entries };
    };

    test('in one step, everything is compiled anew, and workers get only what changed', async () => {
      await insert('svc-1');
      const { broken, publisher, entries } = fragile();
      await publisher.start();
      const worker = join(publisher);
      worker.apply();
      broken.step = true;
      const { revision } = await insert('svc-2');
      const settling = publisher.settle(revision, 1000);
      // The reload waits its turn at the store; a read that comes later is answered later.
      await store.read(async () => {});
      await new Promise(setImmediate);
      worker.apply();
      expect(await settling).toBe(true);
      expect(worker.received.map((delta) => [delta.full, delta.upsert.length])).toEqual([
        [true, 1],
        [false, 1],
      ]);
      expect(sorted(worker.parts)).toEqual(sorted(publisher.parts));
      expect(publisher.counters.failures).toBe(1);
      expect(entries[0]).toMatchObject({ level: 'error', fields: { revision } });
      broken.step = false;
      await insert('svc-3');
      expect(publisher.parts.size).toBe(3);
    });

    test('altogether, the old snapshot stays, writes go on, and the next change tries again', async () => {
      await insert('svc-1');
      const { broken, publisher } = fragile();
      await publisher.start();
      const worker = join(publisher);
      worker.apply();
      broken.step = true;
      broken.everything = true;
      // Asked while everything is compiled anew, and again when that has failed.
      const { promise: asked, resolve } = Promise.withResolvers<boolean>();
      const stop = store.subscribe(({ revision }) => resolve(publisher.settle(revision, 60_000)));
      const { revision } = await insert('svc-2');
      stop();
      expect(await asked).toBe(false);
      expect(publisher.revision).toBe(1);
      expect(worker.received).toHaveLength(1);
      expect([...publisher.parts.keys()]).toEqual(['service/svc-1']);
      expect(await publisher.settle(revision, 1000)).toBe(false);
      broken.step = false;
      broken.everything = false;
      const repaired = await insert('svc-3');
      const settling = publisher.settle(repaired.revision, 1000);
      await store.read(async () => {});
      await new Promise(setImmediate);
      worker.apply();
      expect(await settling).toBe(true);
      expect([...worker.parts.keys()].sort()).toEqual([
        'service/svc-1',
        'service/svc-2',
        'service/svc-3',
      ]);
    });

    test('at the start, the API can still be used to repair it', async () => {
      await insert('svc-1');
      const { broken, publisher } = fragile();
      broken.everything = true;
      await publisher.start();
      expect([publisher.revision, publisher.parts.size]).toEqual([0, 0]);
      broken.everything = false;
      const { revision } = await insert('svc-2');
      expect(await publisher.settle(revision, 1000)).toBe(true);
      expect(publisher.parts.size).toBe(2);
    });

    test('an inconsistent delta is not published either', async () => {
      await insert('svc-1');
      const { broken, publisher, entries } = fragile();
      await publisher.start();
      const worker = join(publisher);
      worker.apply();
      broken.inconsistent = true;
      const { revision } = await insert('svc-2');
      await store.read(async () => {});
      await new Promise(setImmediate);
      worker.apply();
      expect(await publisher.settle(revision, 1000)).toBe(true);
      expect([...worker.parts.keys()]).toEqual(['service/svc-1', 'service/svc-2']);
      expect(JSON.stringify(entries)).toContain('`vpc/vpc-1` refers to `network/sn-missing`');
    });
  });
});
