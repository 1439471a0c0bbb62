import type { Documents, Kind } from '../../lattice/documents.ts';
import { ChangeLog } from '../change-log.ts';
import {
  assertIndex,
  assertUniqueKey,
  indexEntries,
  type KeyEntry,
  uniqueEntries,
} from '../document-keys.ts';
import {
  type Page,
  type Query,
  type RememberedAnswer,
  UniqueViolationError,
  type WriteTransaction,
} from '../store.ts';
import { sqliteErrorCode } from './database.ts';
import { numberFrom, type Statements } from './statements.ts';

const SQLITE_CONSTRAINT = 19;

interface StoredRow {
  readonly seq: number;
  readonly body: string;
}

/** Either kind of transaction on the one connection. */
export class SqliteTransaction implements WriteTransaction {
  /** What was written so far. */
  readonly log = new ChangeLog();
  /** Answers put by this transaction. */
  answersKept = 0;
  /** Latest time that anyone said, for purging answers without a clock of our own. */
  latestNow = 0;
  readonly #sql: Statements;
  readonly #revision: number | undefined;
  #state: 'open' | 'failed' | 'ended' = 'open';

  /** `revision`: the one that this transaction makes if it changes anything; a reader has none. */
  constructor(sql: Statements, revision: number | undefined) {
    this.#sql = sql;
    this.#revision = revision;
  }

  get active(): boolean {
    return this.#state !== 'ended';
  }

  /** After a failure of the database itself SQLite may have rolled back on its own. */
  get failed(): boolean {
    return this.#state === 'failed';
  }

  end(): void {
    this.#state = 'ended';
  }

  async get<K extends Kind>(kind: K, id: string): Promise<Documents[K] | undefined> {
    return this.#run(() => {
      const row = this.#row(kind, id);
      return row && (JSON.parse(row.body) as Documents[K]);
    });
  }

  async list<K extends Kind>(kind: K, query: Query = {}): Promise<Page<Documents[K]>> {
    return this.#run(() => {
      const after = query.after === undefined ? 0 : parseCursor(query.after);
      const limit = query.limit === undefined ? undefined : checkLimit(query.limit);
      // One more than asked for tells whether there is a next page; -1 is no limit.
      const fetch = limit === undefined ? -1 : limit + 1;
      const index = indexOf(kind, query);
      const rows = (index
        ? this.#sql.listIndexed.all(kind, index.name, index.value, after, fetch)
        : this.#sql.list.all(kind, after, fetch)) as unknown as StoredRow[];
      const hasMore = limit !== undefined && rows.length > limit;
      if (hasMore) rows.pop();
      const items = rows.map((row) => JSON.parse(row.body) as Documents[K]);
      return hasMore ? { items, cursor: String(rows.at(-1)?.seq) } : { items };
    });
  }

  async count(kind: Kind, query: Pick<Query, 'index' | 'equals'> = {}): Promise<number> {
    return this.#run(() => {
      const index = indexOf(kind, query);
      return numberFrom(
        index
          ? this.#sql.countIndexed.get(kind, index.name, index.value)
          : this.#sql.count.get(kind),
      );
    });
  }

  async findUnique<K extends Kind>(
    kind: K,
    key: string,
    value: string,
  ): Promise<Documents[K] | undefined> {
    return this.#run(() => {
      assertUniqueKey(kind, key);
      const row = this.#sql.findUnique.get(kind, key, value);
      return row && (JSON.parse(String(row['body'])) as Documents[K]);
    });
  }

  async recallAnswer(key: string, now: Date): Promise<RememberedAnswer | undefined> {
    return this.#run(() => {
      this.latestNow = Math.max(this.latestNow, now.getTime());
      const row = this.#sql.recallAnswer.get(key, now.getTime());
      return row && { digest: String(row['digest']), answer: JSON.parse(String(row['answer'])) };
    });
  }

  async insert<K extends Kind>(kind: K, document: Documents[K]): Promise<void> {
    this.#step((revision) => {
      const { id, accountId } = document;
      const body = JSON.stringify(document);
      const seq = guardUnique(
        () => this.#sql.insert.run(kind, id, accountId, revision, body).lastInsertRowid,
        () => new UniqueViolationError(kind, 'id', id, id),
      );
      for (const { name, value } of indexEntries(kind, document)) {
        this.#sql.insertIndex.run(kind, name, value, seq);
      }
      for (const entry of uniqueEntries(kind, document)) this.#takeKey(kind, entry, Number(seq));
      this.log.record(kind, id, undefined, body);
    });
  }

  async update<K extends Kind>(kind: K, document: Documents[K]): Promise<void> {
    return this.updateAll(kind, [document]);
  }

  async updateAll<K extends Kind>(kind: K, documents: readonly Documents[K][]): Promise<void> {
    this.#step((revision) => {
      const replaced = documents.map((document) => {
        const row = this.#row(kind, document.id);
        if (!row) throw new Error(`there is no ${kind} \`${document.id}\` to update`);
        const before = JSON.parse(row.body) as Documents[K];
        return {
          ...row,
          document,
          index: difference(indexEntries(kind, before), indexEntries(kind, document)),
          unique: difference(uniqueEntries(kind, before), uniqueEntries(kind, document)),
        };
      });
      if (new Set(documents.map((document) => document.id)).size < documents.length) {
        throw new Error(`updateAll got the same ${kind} twice`);
      }
      // All old keys go before any new one comes: two documents may swap theirs.
      for (const { seq, unique } of replaced) {
        for (const { name, value } of unique.gone)
          this.#sql.removeUnique.run(kind, name, value, seq);
      }
      for (const { seq, body, document, index, unique } of replaced) {
        const after = JSON.stringify(document);
        this.#sql.update.run(document.accountId, revision, after, seq);
        for (const { name, value } of index.gone) this.#sql.removeIndex.run(kind, name, value, seq);
        for (const { name, value } of index.come) this.#sql.insertIndex.run(kind, name, value, seq);
        for (const entry of unique.come) this.#takeKey(kind, entry, seq);
        this.log.record(kind, document.id, body, after);
      }
    });
  }

  async delete(kind: Kind, id: string): Promise<boolean> {
    return this.#step(() => {
      const row = this.#row(kind, id);
      if (!row) return false;
      const document = JSON.parse(row.body) as Documents[Kind];
      for (const { name, value } of indexEntries(kind, document)) {
        this.#sql.removeIndex.run(kind, name, value, row.seq);
      }
      for (const { name, value } of uniqueEntries(kind, document)) {
        this.#sql.removeUnique.run(kind, name, value, row.seq);
      }
      this.#sql.remove.run(row.seq);
      this.log.record(kind, id, row.body, undefined);
      return true;
    });
  }

  async rememberAnswer(key: string, answer: RememberedAnswer, expiresAt: Date): Promise<void> {
    this.#step(() => {
      const body = JSON.stringify(answer.answer ?? null);
      this.#sql.putAnswer.run(key, answer.digest, body, expiresAt.getTime());
      this.answersKept += 1;
    });
  }

  #row(kind: Kind, id: string): StoredRow | undefined {
    return this.#sql.get.get(kind, id) as unknown as StoredRow | undefined;
  }

  #takeKey(kind: Kind, { name, value }: KeyEntry, seq: number): void {
    guardUnique(
      () => this.#sql.insertUnique.run(kind, name, value, seq),
      () => {
        const holder = this.#sql.holder.get(kind, name, value);
        const id = this.#sql.idOf.get(Number(holder?.['seq']));
        return new UniqueViolationError(kind, name, value, String(id?.['id']));
      },
    );
  }

  /** A write that is refused leaves nothing behind, also when the transaction goes on. */
  #step<T>(write: (revision: number) => T): T {
    return this.#run(() => {
      if (this.#revision === undefined) throw new Error('a transaction of `read` cannot write');
      this.#sql.savepoint.run();
      try {
        const result = write(this.#revision);
        this.#sql.release.run();
        return result;
      } catch (error) {
        if (sqliteErrorCode(error) === undefined) {
          this.#sql.rollbackStep.run();
          this.#sql.release.run();
        }
        throw error;
      }
    });
  }

  #run<T>(use: () => T): T {
    if (this.#state === 'ended') {
      throw new Error('this transaction has ended: await all of its calls inside of it');
    }
    if (this.#state === 'failed') {
      throw new Error('this transaction failed before: nothing of it is kept');
    }
    try {
      return use();
    } catch (error) {
      if (sqliteErrorCode(error) !== undefined) this.#state = 'failed';
      throw error;
    }
  }
}

const guardUnique = <T>(write: () => T, violation: () => UniqueViolationError): T => {
  try {
    return write();
  } catch (error) {
    if (((sqliteErrorCode(error) ?? 0) & 0xff) === SQLITE_CONSTRAINT) throw violation();
    throw error;
  }
};

const indexOf = (kind: Kind, query: Pick<Query, 'index' | 'equals'>): KeyEntry | undefined => {
  if (query.index === undefined) {
    if (query.equals !== undefined) throw new Error('a query with `equals` needs an `index`');
    return undefined;
  }
  assertIndex(kind, query.index);
  if (query.equals === undefined) throw new Error('a query with an `index` needs `equals`');
  return { name: query.index, value: query.equals };
};

const parseCursor = (cursor: string): number => {
  const seq = /^\d{1,15}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (Number.isNaN(seq)) throw new RangeError(`\`${cursor}\` is not a cursor of this store`);
  return seq;
};

const checkLimit = (limit: number): number => {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(`a page of \`${limit}\` documents cannot be made: ask for 1 or more`);
  }
  return limit;
};

const difference = (
  before: readonly KeyEntry[],
  after: readonly KeyEntry[],
): { gone: KeyEntry[]; come: KeyEntry[] } => {
  const isIn = (entries: readonly KeyEntry[]) => (entry: KeyEntry) =>
    entries.some(({ name, value }) => name === entry.name && value === entry.value);
  return {
    gone: before.filter((entry) => !isIn(after)(entry)),
    come: after.filter((entry) => !isIn(before)(entry)),
  };
};
