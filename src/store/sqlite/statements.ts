import type { DatabaseSync, StatementSync } from 'node:sqlite';

const SQL = {
  begin: 'BEGIN IMMEDIATE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
  savepoint: 'SAVEPOINT step',
  release: 'RELEASE step',
  rollbackStep: 'ROLLBACK TO step',

  get: 'SELECT seq, body FROM document WHERE kind = ? AND id = ?',
  idOf: 'SELECT id FROM document WHERE seq = ?',
  insert: 'INSERT INTO document (kind, id, account, revision, body) VALUES (?, ?, ?, ?, ?)',
  update: 'UPDATE document SET account = ?, revision = ?, body = ? WHERE seq = ?',
  remove: 'DELETE FROM document WHERE seq = ?',

  list: `SELECT seq, body FROM document
    WHERE kind = ? AND seq > ? ORDER BY seq LIMIT ?`,
  listIndexed: `SELECT d.seq, d.body FROM index_entry e JOIN document d ON d.seq = e.seq
    WHERE e.kind = ? AND e.name = ? AND e.value = ? AND e.seq > ? ORDER BY e.seq LIMIT ?`,
  count: 'SELECT count(*) AS n FROM document INDEXED BY document_order WHERE kind = ?',
  countIndexed: 'SELECT count(*) AS n FROM index_entry WHERE kind = ? AND name = ? AND value = ?',

  insertIndex: 'INSERT INTO index_entry (kind, name, value, seq) VALUES (?, ?, ?, ?)',
  removeIndex: 'DELETE FROM index_entry WHERE kind = ? AND name = ? AND value = ? AND seq = ?',
  insertUnique: 'INSERT INTO unique_key (kind, name, value, seq) VALUES (?, ?, ?, ?)',
  removeUnique: 'DELETE FROM unique_key WHERE kind = ? AND name = ? AND value = ? AND seq = ?',
  holder: 'SELECT seq FROM unique_key WHERE kind = ? AND name = ? AND value = ?',
  findUnique: `SELECT d.body FROM unique_key u JOIN document d ON d.seq = u.seq
    WHERE u.kind = ? AND u.name = ? AND u.value = ?`,

  appendOutbox: 'INSERT INTO outbox (revision, changes) VALUES (?, ?)',
  trimOutbox: 'DELETE FROM outbox WHERE revision <= ?',
  outboxAfter: 'SELECT revision, changes FROM outbox WHERE revision > ? ORDER BY revision',
  oldestRevision: 'SELECT coalesce(min(revision), 0) AS n FROM outbox',
  newestRevision: 'SELECT coalesce(max(revision), 0) AS n FROM outbox',

  recallAnswer: 'SELECT digest, answer FROM answer WHERE key = ? AND expires_at > ?',
  putAnswer: 'INSERT OR REPLACE INTO answer (key, digest, answer, expires_at) VALUES (?, ?, ?, ?)',
  purgeAnswers: 'DELETE FROM answer WHERE expires_at <= ?',
  countAnswers: 'SELECT count(*) AS n FROM answer',
  dropOldAnswers: `DELETE FROM answer
    WHERE key IN (SELECT key FROM answer ORDER BY expires_at LIMIT ?)`,
} as const;

/** Everything that we ask SQLite while running, prepared once. */
export type Statements = { readonly [Name in keyof typeof SQL]: StatementSync };

export const prepareStatements = (database: DatabaseSync): Statements =>
  Object.fromEntries(
    Object.entries(SQL).map(([name, sql]) => [name, database.prepare(sql)]),
  ) as unknown as Statements;

/** Number that an aggregate query answers. */
export const numberFrom = (row: Record<string, unknown> | undefined): number => Number(row?.['n']);
