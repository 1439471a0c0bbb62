import type { ReadTransaction, WriteTransaction } from '../store/store.ts';
import { invalid } from './errors.ts';

export type Tags = Readonly<Record<string, string>>;

/** A resource that can carry tags. */
export interface Taggable {
  readonly arn: string;
  readonly accountId: string;
  /** As in the tagging API: `vpc-lattice:service`, `ec2:vpc`. */
  readonly resourceType: string;
}

/** What `putTags` needs of a request's context. */
export interface TagContext {
  readonly now: Date;
  readonly settings: { readonly quotas: { readonly tagsPerResource: number } };
}

/** Tags of a resource; `{}` when it has none. */
export const readTags = async (tx: ReadTransaction, arn: string): Promise<Tags> =>
  (await tx.get('tagSet', arn))?.tags ?? {};

/**
 * Adds tags to those that the resource has, and replaces the values of keys that it has.
 * Absent tags are as good as none.
 *
 * @throws ValidationException for a key or value that AWS refuses, or for more tags than a
 * resource may have; then nothing is changed.
 */
export const putTags = async (
  tx: WriteTransaction,
  resource: Taggable,
  tags: Tags | undefined,
  context: TagContext,
): Promise<void> => {
  if (tags === undefined || Object.keys(tags).length === 0) return;
  assertTags(tags);
  const before = await tx.get('tagSet', resource.arn);
  // Spread into an object without prototype: `__proto__` is a tag key like any other.
  const merged: Record<string, string> = Object.assign(Object.create(null), before?.tags, tags);
  const most = context.settings.quotas.tagsPerResource;
  if (Object.keys(merged).length > most) {
    throw invalid(`A resource can have at most ${most} tags.`);
  }
  const now = context.now.toISOString();
  const document = {
    id: resource.arn,
    accountId: resource.accountId,
    resourceType: resource.resourceType,
    tags: merged,
    createdAt: before?.createdAt ?? now,
    lastUpdatedAt: now,
  };
  await (before ? tx.update('tagSet', document) : tx.insert('tagSet', document));
};

/** Takes tags away by key; keys that the resource does not have are passed over. */
export const removeTags = async (
  tx: WriteTransaction,
  arn: string,
  keys: readonly string[],
  context: Pick<TagContext, 'now'>,
): Promise<void> => {
  const before = await tx.get('tagSet', arn);
  if (!before) return;
  const gone = new Set(keys);
  const kept = Object.entries(before.tags).filter(([key]) => !gone.has(key));
  if (kept.length === Object.keys(before.tags).length) return;
  if (kept.length === 0) {
    await tx.delete('tagSet', arn);
    return;
  }
  await tx.update('tagSet', {
    ...before,
    tags: Object.fromEntries(kept),
    lastUpdatedAt: context.now.toISOString(),
  });
};

/** To be called when the resource goes. */
export const dropTags = async (tx: WriteTransaction, arn: string): Promise<void> => {
  await tx.delete('tagSet', arn);
};

/** @throws ValidationException for keys and values outside AWS's lengths, and for reserved keys. */
export const assertTags = (tags: Tags): void => {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128) {
      throw invalid('Tag keys must be between 1 and 128 characters long.');
    }
    if (value.length > 256) {
      throw invalid(`The value of tag ${key} must not be longer than 256 characters.`);
    }
    if (/^aws:/i.test(key)) {
      throw invalid('aws: prefixed tag key names are not allowed for external use.');
    }
  }
};
