import type { ChangeSet, Documents, Kind } from '../lattice/documents.ts';

/**
 * Documents with indexes, unique keys, one revision a transaction and an outbox of changes.
 * Which indexes and unique keys a kind has is said in `schema.ts`; every implementation passes
 * `storeSuite` of `store-suite.ts`.
 */
export interface Store {
  /** Revision of the last committed change; 0 for an empty store. */
  revision(): number;
  /** Runs `run` on one consistent state. */
  read<T>(run: (tx: ReadTransaction) => Promise<T>): Promise<T>;
  /**
   * Runs `run` in a transaction of its own, one at a time. When it throws, nothing is changed and
   * the error is passed on. When it returns, everything is durable before the promise resolves.
   * A transaction that changed nothing has the revision before it.
   */
  write<T>(run: (tx: WriteTransaction) => Promise<T>): Promise<{ value: T; revision: number }>;
  /** Called once a committed transaction with changes, in order of revision, before `write` resolves. */
  subscribe(listener: (changes: ChangeSet) => void): () => void;
  /** Change sets after `revision`, oldest first; undefined when the outbox no longer reaches back so far. */
  changesSince(revision: number): Promise<readonly ChangeSet[] | undefined>;
  close(): Promise<void>;
}

export interface Query {
  /** Name of an index of the kind, and the value to look for; absent: all documents of the kind. */
  readonly index?: string;
  readonly equals?: string;
  /** `cursor` of the page before. */
  readonly after?: string;
  /** At most so many documents; absent: all. */
  readonly limit?: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Present when there are more. Stays valid when documents come and go. */
  readonly cursor?: string;
}

export interface ReadTransaction {
  get<K extends Kind>(kind: K, id: string): Promise<Documents[K] | undefined>;
  /** In order of creation. */
  list<K extends Kind>(kind: K, query?: Query): Promise<Page<Documents[K]>>;
  count(kind: Kind, query?: Pick<Query, 'index' | 'equals'>): Promise<number>;
  /** The document that holds `value` under a unique key of its kind. */
  findUnique<K extends Kind>(
    kind: K,
    key: string,
    value: string,
  ): Promise<Documents[K] | undefined>;
  /** An unexpired answer kept by `rememberAnswer`. */
  recallAnswer(key: string, now: Date): Promise<RememberedAnswer | undefined>;
}

export interface WriteTransaction extends ReadTransaction {
  /** @throws UniqueViolationError when the id or a unique key is taken. */
  insert<K extends Kind>(kind: K, document: Documents[K]): Promise<void>;
  /** Replaces the document with the same id; its place in the order of creation stays. @throws UniqueViolationError */
  update<K extends Kind>(kind: K, document: Documents[K]): Promise<void>;
  /** Replaces several; unique keys are compared when all are replaced, so two may swap theirs. */
  updateAll<K extends Kind>(kind: K, documents: readonly Documents[K][]): Promise<void>;
  /** False when there was none. */
  delete(kind: Kind, id: string): Promise<boolean>;
  /** For idempotency tokens: keeps an answer until `expiresAt`; makes no revision and no change. */
  rememberAnswer(key: string, answer: RememberedAnswer, expiresAt: Date): Promise<void>;
}

export interface RememberedAnswer {
  /** Of the parameters that were sent with the token. */
  readonly digest: string;
  readonly answer: unknown;
}

export class UniqueViolationError extends Error {
  readonly code = 'UNIQUE_VIOLATION';
  readonly kind: Kind;
  /** Name of the unique key as in `schema.ts`, or `id`. */
  readonly key: string;
  readonly value: string;
  /** Id of the document that holds the value. */
  readonly holder: string;

  constructor(kind: Kind, key: string, value: string, holder: string) {
    super(`${kind} \`${value}\` is taken by \`${holder}\` (${key})`);
    this.name = 'UniqueViolationError';
    this.kind = kind;
    this.key = key;
    this.value = value;
    this.holder = holder;
  }
}
