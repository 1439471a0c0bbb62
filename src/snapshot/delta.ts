import { createHash } from 'node:crypto';
import { type Part, type PartKey, type Parts, partKey, type SnapshotDelta } from './parts.ts';

export const keyOf = (part: Part): PartKey => partKey(part.kind, part.id);

/** Equal when their JSON is equal; parts of one compiler have their members in the same order. */
export const samePart = (a: Part | undefined, b: Part | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

/** Everything, for a receiver that has nothing. */
export const fullDelta = (parts: Parts, revision: number): SnapshotDelta => ({
  revision,
  full: true,
  upsert: [...parts.values()],
  remove: [],
});

/** What leads from `before` to `after`. */
export const diffParts = (before: Parts, after: Parts, revision: number): SnapshotDelta => ({
  revision,
  full: false,
  upsert: [...after].filter(([key, part]) => !samePart(before.get(key), part)).map(([, p]) => p),
  remove: [...before.keys()].filter((key) => !after.has(key)),
});

export const isEmptyDelta = (delta: SnapshotDelta): boolean =>
  !delta.full && delta.upsert.length === 0 && delta.remove.length === 0;

/** What a receiver has after `delta`: the reference for every receiver. `parts` stays as it is. */
export const applyDelta = (parts: Parts, delta: SnapshotDelta): Parts => {
  const next = new Map(delta.full ? [] : parts);
  for (const key of delta.remove) next.delete(key);
  for (const part of delta.upsert) next.set(keyOf(part), part);
  return next;
};

/** Says whether two snapshots are the same, whatever the order of their parts: SHA-256 in hex. */
export const digestParts = (parts: Parts): string => {
  const hash = createHash('sha256');
  for (const key of [...parts.keys()].sort()) {
    hash.update(`${JSON.stringify(parts.get(key))}\n`);
  }
  return hash.digest('hex');
};
