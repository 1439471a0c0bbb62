import type { Change, Documents, Kind } from '../lattice/documents.ts';

interface Entry {
  readonly kind: Kind;
  readonly id: string;
  readonly before: string | undefined;
  after: string | undefined;
}

/**
 * Collects what one transaction does, as JSON texts of documents, and says what came of it: one
 * change a document, none for a document that is as it was.
 */
export class ChangeLog {
  readonly #entries = new Map<string, Entry>();

  record(kind: Kind, id: string, before: string | undefined, after: string | undefined): void {
    const key = `${kind}/${id}`;
    const entry = this.#entries.get(key);
    if (entry) entry.after = after;
    else this.#entries.set(key, { kind, id, before, after });
  }

  /** In the order in which the documents were first touched. Every call makes new objects. */
  changes(): Change[] {
    const changes: Change[] = [];
    for (const { kind, id, before, after } of this.#entries.values()) {
      if (before === after) continue;
      changes.push({
        kind,
        id,
        ...(before !== undefined && { before: JSON.parse(before) as Documents[Kind] }),
        ...(after !== undefined && { after: JSON.parse(after) as Documents[Kind] }),
      } as Change);
    }
    return changes;
  }
}
