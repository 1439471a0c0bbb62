import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import type { Change, ChangeSet } from '../../lattice/documents.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../store.ts';
import { Turns } from '../turns.ts';
import { openDatabase } from './database.ts';
import { SqliteTransaction } from './sqlite-transaction.ts';
import { numberFrom, prepareStatements, type Statements } from './statements.ts';

export type SqlitePlace = { readonly file: string } | { readonly memory: true };

export interface SqliteStoreOptions {
  /** Change sets that `changesSince` can reach back; 1 or more. */
  readonly outboxLimit?: number;
  /** Answers kept for idempotency tokens; of more, those that expire first are forgotten. */
  readonly answerLimit?: number;
  /** A subscriber threw: the transaction is committed all the same. Absent: a process warning. */
  readonly onSubscriberError?: (error: unknown) => void;
}

/**
 * Opens the embedded store; a file is made when there is none. Only one opener at a time.
 * @throws StoreOpenError when the file is in use, not ours, from a newer version or not writable
 */
export const openSqliteStore = async (
  place: SqlitePlace,
  options: SqliteStoreOptions = {},
): Promise<Store> => storeOn(openDatabase('file' in place ? place.file : ':memory:'), options);

/** A store on a database that `openDatabase` opened, and closes with the store. */
export const storeOn = (database: DatabaseSync, options: SqliteStoreOptions = {}): Store =>
  new SqliteStore(database, options);

/**
 * All on one connection: readers share it, a writer has it alone (`Turns`), so a reader can never
 * see half of a write. SQLite's calls are synchronous and transactions here only compute, so the
 * turns are short; a transaction must not wait for anything outside of the store.
 */
class SqliteStore implements Store {
  readonly #database: DatabaseSync;
  readonly #sql: Statements;
  readonly #options: Required<SqliteStoreOptions>;
  readonly #turns = new Turns();
  readonly #current = new AsyncLocalStorage<SqliteTransaction>();
  readonly #subscribers = new Set<(changes: ChangeSet) => void>();
  #revision: number;
  #answers: number;
  #latestNow = 0;
  #closing: Promise<void> | undefined;

  constructor(database: DatabaseSync, options: SqliteStoreOptions) {
    this.#database = database;
    this.#sql = prepareStatements(database);
    this.#options = {
      outboxLimit: Math.max(1, options.outboxLimit ?? 1000),
      answerLimit: options.answerLimit ?? 100_000,
      onSubscriberError:
        options.onSubscriberError ?? ((error) => process.emitWarning(error as Error)),
    };
    this.#revision = numberFrom(this.#sql.newestRevision.get());
    this.#answers = numberFrom(this.#sql.countAnswers.get());
  }

  revision(): number {
    return this.#revision;
  }

  async read<T>(run: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    this.#assertUsable();
    return this.#turns.shared(async () => {
      const tx = new SqliteTransaction(this.#sql, undefined);
      try {
        return await this.#current.run(tx, () => run(tx));
      } finally {
        tx.end();
        this.#latestNow = Math.max(this.#latestNow, tx.latestNow);
      }
    });
  }

  async write<T>(
    run: (tx: WriteTransaction) => Promise<T>,
  ): Promise<{ value: T; revision: number }> {
    this.#assertUsable();
    return this.#turns.exclusive(async () => {
      const tx = new SqliteTransaction(this.#sql, this.#revision + 1);
      this.#sql.begin.run();
      let value: T;
      let changes: Change[];
      try {
        value = await this.#current.run(tx, () => run(tx));
        if (tx.failed) throw new Error('the transaction failed: nothing of it is kept');
        this.#trimAnswers(tx);
        changes = this.#appendOutbox(tx);
        this.#sql.commit.run();
      } catch (error) {
        // SQLite may have rolled back on its own, for example when the disk is full.
        if (this.#database.isTransaction) this.#sql.rollback.run();
        if (tx.answersKept > 0) this.#answers = numberFrom(this.#sql.countAnswers.get());
        throw error;
      } finally {
        tx.end();
      }
      if (changes.length > 0) {
        this.#revision += 1;
        this.#tell({ revision: this.#revision, changes });
      }
      return { value, revision: this.#revision };
    });
  }

  subscribe(listener: (changes: ChangeSet) => void): () => void {
    // Wrapped, so that the same function can be subscribed twice.
    const subscriber = (changes: ChangeSet) => listener(changes);
    this.#subscribers.add(subscriber);
    return () => {
      this.#subscribers.delete(subscriber);
    };
  }

  async changesSince(revision: number): Promise<readonly ChangeSet[] | undefined> {
    this.#assertUsable();
    return this.#turns.shared(async () => {
      if (revision === this.#revision) return [];
      const oldest = numberFrom(this.#sql.oldestRevision.get());
      if (revision > this.#revision || revision + 1 < oldest) return undefined;
      return this.#sql.outboxAfter.all(revision).map((row) => ({
        revision: Number(row['revision']),
        changes: JSON.parse(String(row['changes'])) as Change[],
      }));
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#turns.exclusive(async () => {
      this.#subscribers.clear();
      this.#database.close();
    });
    return this.#closing;
  }

  #assertUsable(): void {
    if (this.#closing) throw new Error('the store is closed');
    if (this.#current.getStore()?.active) {
      throw new Error(
        'a transaction cannot be started inside another one: it would wait for itself; pass `tx` on',
      );
    }
  }

  #appendOutbox(tx: SqliteTransaction): Change[] {
    const changes = tx.log.changes();
    if (changes.length > 0) {
      const revision = this.#revision + 1;
      this.#sql.appendOutbox.run(revision, JSON.stringify(changes));
      this.#sql.trimOutbox.run(revision - this.#options.outboxLimit);
    }
    return changes;
  }

  #trimAnswers(tx: SqliteTransaction): void {
    this.#latestNow = Math.max(this.#latestNow, tx.latestNow);
    if (tx.answersKept === 0) return;
    const purged = Number(this.#sql.purgeAnswers.run(this.#latestNow).changes);
    // An answer that replaced another is counted twice until the next exact count.
    this.#answers += tx.answersKept - purged;
    if (this.#answers <= this.#options.answerLimit) return;
    this.#answers = numberFrom(this.#sql.countAnswers.get());
    const surplus = this.#answers - this.#options.answerLimit;
    if (surplus <= 0) return;
    this.#sql.dropOldAnswers.run(surplus);
    this.#answers -= surplus;
  }

  #tell(changes: ChangeSet): void {
    for (const subscriber of [...this.#subscribers]) {
      try {
        subscriber(changes);
      } catch (error) {
        this.#options.onSubscriberError(error);
      }
    }
  }
}
