/**
 * Steps that bring a database from nothing to what this version expects, in order; number 1 is
 * the first. A step that was released is never changed: add another.
 *
 * `document.seq` is the order of creation. AUTOINCREMENT, because a number that came back after
 * a deletion would make a page cursor skip the new document.
 */
export const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: 'documents, outbox, answers',
    sql: `
      CREATE TABLE document (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        account TEXT NOT NULL,
        revision INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX document_id ON document (kind, id);
      CREATE UNIQUE INDEX document_order ON document (kind, seq);

      CREATE TABLE index_entry (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (kind, name, value, seq)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE unique_key (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (kind, name, value)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE outbox (
        revision INTEGER PRIMARY KEY,
        changes TEXT NOT NULL
      ) STRICT;

      CREATE TABLE answer (
        key TEXT PRIMARY KEY,
        digest TEXT NOT NULL,
        answer TEXT NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX answer_expiry ON answer (expires_at);

      CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
];
