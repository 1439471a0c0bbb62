import { createHash } from 'node:crypto';
import type { Documents, Kind } from '../lattice/documents.ts';
import { type KindSchema, SCHEMA } from './schema.ts';

/** A value of one index or unique key of a document. */
export interface KeyEntry {
  readonly name: string;
  readonly value: string;
}

type Keys = Readonly<Record<string, (document: Documents[Kind]) => string | undefined>>;
type AnySchema = { readonly indexes: Keys; readonly unique: Keys };

const schemaOf = (kind: Kind): AnySchema => {
  const schema: KindSchema<never> | undefined = SCHEMA[kind];
  if (schema === undefined) throw new Error(`there is no kind of document \`${kind}\``);
  return schema as AnySchema;
};

const entriesOf = (keys: Keys, document: Documents[Kind]): KeyEntry[] => {
  const entries: KeyEntry[] = [];
  for (const name in keys) {
    const value = keys[name]!(document);
    if (value !== undefined) entries.push({ name, value });
  }
  return entries;
};

/** Values under which the document is listed. */
export const indexEntries = (kind: Kind, document: Documents[Kind]): KeyEntry[] =>
  entriesOf(schemaOf(kind).indexes, document);

/** Values that no other document of the kind may have. */
export const uniqueEntries = (kind: Kind, document: Documents[Kind]): KeyEntry[] =>
  entriesOf(schemaOf(kind).unique, document);

/** @throws Error when the kind has no such index: a mistake in our code. */
export const assertIndex = (kind: Kind, name: string): void => {
  if (!Object.hasOwn(schemaOf(kind).indexes, name)) {
    throw new Error(`\`${kind}\` has no index \`${name}\``);
  }
};

/** @throws Error when the kind has no such unique key: a mistake in our code. */
export const assertUniqueKey = (kind: Kind, name: string): void => {
  if (!Object.hasOwn(schemaOf(kind).unique, name)) {
    throw new Error(`\`${kind}\` has no unique key \`${name}\``);
  }
};

/**
 * Changes when the code that computes indexes and unique keys changes: entries that an older
 * version wrote are then computed anew.
 */
export const schemaFingerprint = (): string => {
  const hash = createHash('sha256');
  for (const kind of Object.keys(SCHEMA).sort()) {
    const { indexes, unique } = schemaOf(kind as Kind);
    for (const [group, keys] of Object.entries({ indexes, unique })) {
      for (const name of Object.keys(keys).sort()) {
        hash.update(`${kind} ${group} ${name} ${keys[name]!.toString()}\n`);
      }
    }
  }
  return hash.digest('hex');
};
