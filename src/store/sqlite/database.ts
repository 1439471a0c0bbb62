import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Documents, Kind } from '../../lattice/documents.ts';
import { indexEntries, schemaFingerprint, uniqueEntries } from '../document-keys.ts';
import { MIGRATIONS } from './migrations.ts';

/** `Perg` in ASCII: tells our files from other programs' databases. */
const APPLICATION_ID = 0x50657267;
const SQLITE_BUSY = 5;
const SQLITE_CANTOPEN = 14;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;

/** The store could not be opened; `message` is for the person who starts the program. */
export class StoreOpenError extends Error {
  readonly code = 'STORE_OPEN';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreOpenError';
  }
}

export const sqliteErrorCode = (error: unknown): number | undefined => {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code : undefined;
};

/** `place` is a file name or `:memory:`. @throws StoreOpenError */
export const openDatabase = (place: string): DatabaseSync => {
  if (place !== ':memory:') makePrivate(place);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(place, { timeout: 250 });
    // Exclusive: held from the first use until close, so a second process fails at once.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    migrate(database, place);
    return database;
  } catch (error) {
    database?.close();
    throw asOpenError(error, place);
  }
};

const asOpenError = (error: unknown, place: string): unknown => {
  switch ((sqliteErrorCode(error) ?? 0) & 0xff) {
    case SQLITE_BUSY:
      return new StoreOpenError(
        `\`${place}\` is in use by another process: stop it or choose another data folder`,
        error,
      );
    case SQLITE_NOTADB:
      return new StoreOpenError(
        `\`${place}\` is not a database of pergola: move it away or choose another data folder`,
        error,
      );
    case SQLITE_CONSTRAINT:
      return new StoreOpenError(
        `documents in \`${place}\` share a name that this version wants unique: open it with the version that wrote it and rename one of them`,
        error,
      );
    case SQLITE_CANTOPEN:
      return cannotOpen(place, error);
    default:
      return error;
  }
};

const cannotOpen = (place: string, cause: unknown): StoreOpenError =>
  new StoreOpenError(
    `cannot open \`${place}\` (${(cause as Error).message}): check that its folder exists and may be written`,
    cause,
  );

/** Access keys are in there: nobody but the owner may read it. SQLite gives its WAL the same mode. */
const makePrivate = (file: string): void => {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotOpen(file, error);
    // By name: closing a descriptor of the file would drop the locks that this process may hold.
    try {
      chmodSync(file, 0o600);
    } catch (failure) {
      throw cannotOpen(file, failure);
    }
  }
};

const pragma = (database: DatabaseSync, name: string): number =>
  Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

const migrate = (database: DatabaseSync, place: string): void => {
  database.exec('BEGIN IMMEDIATE');
  const applicationId = pragma(database, 'application_id');
  const isEmpty = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0;
  if (applicationId !== APPLICATION_ID && !isEmpty) {
    throw new StoreOpenError(
      `\`${place}\` is not a database of pergola: move it away or choose another data folder`,
    );
  }
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.exec(`CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT`);
  const row = database.prepare('SELECT coalesce(max(number), 0) AS n FROM migration').get();
  const applied = Number(row?.['n']);
  if (applied > MIGRATIONS.length) {
    throw new StoreOpenError(
      `\`${place}\` was written by a newer pergola (schema ${applied}, this one knows ${MIGRATIONS.length}): install that version or choose another data folder`,
    );
  }
  const note = database.prepare('INSERT INTO migration (number, name) VALUES (?, ?)');
  for (const [index, { name, sql }] of MIGRATIONS.entries()) {
    if (index < applied) continue;
    database.exec(sql);
    note.run(index + 1, name);
  }
  refreshKeys(database);
  database.exec('COMMIT');
};

/** Computes all index entries and unique keys anew when the code that makes them has changed. */
const refreshKeys = (database: DatabaseSync): void => {
  const fingerprint = schemaFingerprint();
  const known = database.prepare(`SELECT value FROM meta WHERE name = 'keys'`).get()?.['value'];
  if (known === fingerprint) return;
  database.exec('DELETE FROM index_entry; DELETE FROM unique_key');
  const index = database.prepare('INSERT INTO index_entry VALUES (?, ?, ?, ?)');
  const unique = database.prepare('INSERT INTO unique_key VALUES (?, ?, ?, ?)');
  const rows = database.prepare('SELECT seq, kind, body FROM document ORDER BY seq').iterate();
  for (const row of rows) {
    const kind = String(row['kind']) as Kind;
    const document = JSON.parse(String(row['body'])) as Documents[Kind];
    const seq = Number(row['seq']);
    for (const { name, value } of indexEntries(kind, document)) index.run(kind, name, value, seq);
    for (const { name, value } of uniqueEntries(kind, document)) unique.run(kind, name, value, seq);
  }
  database.prepare(`INSERT OR REPLACE INTO meta VALUES ('keys', ?)`).run(fingerprint);
};
