import type { Tag } from '../../../protocol/generated/iam.ts';
import { invalidInput, quotaReached } from './errors.ts';

type Tags = Readonly<Record<string, string>>;

/** An object without prototype: `__proto__` is a tag key like any other. */
const bag = (entries: Iterable<readonly [string, string]>): Record<string, string> => {
  const tags: Record<string, string> = Object.create(null);
  for (const [key, value] of entries) tags[key] = value;
  return tags;
};

export const toTagList = (tags: Tags): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/**
 * `before` with the tags of a request. Keys are the same whatever their case, and keep the case in
 * which they were set last.
 *
 * @throws InvalidInput for keys that are reserved or given twice, LimitExceeded for too many.
 * `word`: what carries the tags, as IAM names its quota: `TagsPerRole`.
 */
export const withTags = (before: Tags, tags: readonly Tag[], word: string, most: number): Tags => {
  const lower = tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(lower).size < lower.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (lower.some((key) => key.startsWith('aws:'))) {
    throw invalidInput('aws: prefixed tag key names are not allowed for external use.');
  }
  const kept = Object.entries(before).filter(([key]) => !lower.includes(key.toLowerCase()));
  const after = bag([...kept, ...tags.map(({ Key, Value }) => [Key, Value] as const)]);
  if (Object.keys(after).length > most) throw quotaReached(`TagsPer${word}`, most);
  return after;
};

/** Keys that are not there are passed over. */
export const withoutTags = (before: Tags, keys: readonly string[]): Tags => {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return bag(Object.entries(before).filter(([key]) => !gone.has(key.toLowerCase())));
};
