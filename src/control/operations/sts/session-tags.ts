import { invalidParameter } from './sts-operation.ts';

export interface SessionTags {
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
}

export interface RequestedTags {
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly transitiveTagKeys: readonly string[];
}

const MAX_TAGS = 50;

/**
 * Tags of a new session: those that are asked for, and the transitive ones of the session that asks
 * ("Pass session tags in AWS STS" in AWS's IAM user guide). Keys are the same whatever their case.
 *
 * @throws InvalidParameterValue
 */
export const sessionTags = (
  requested: RequestedTags,
  from: Partial<SessionTags> | undefined,
): SessionTags => {
  const lower = requested.tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(lower).size < lower.length) {
    throw invalidParameter(
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  if (lower.some((key) => key.startsWith('aws:'))) {
    throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
  }
  if (requested.transitiveTagKeys.some((key) => !lower.includes(key.toLowerCase()))) {
    throw invalidParameter(
      'The specified transitive tag key must be included in the requested tags.',
    );
  }
  const inherited = from?.transitiveTagKeys ?? [];
  if (inherited.some((key) => lower.includes(key.toLowerCase()))) {
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const tags: Record<string, string> = Object.create(null);
  for (const key of inherited) tags[key] = from?.tags?.[key] ?? '';
  for (const { Key, Value } of requested.tags) tags[Key] = Value;
  if (Object.keys(tags).length > MAX_TAGS) {
    throw invalidParameter(`A session can have at most ${MAX_TAGS} tags.`);
  }
  const asked = requested.tags
    .map(({ Key }) => Key)
    .filter((key) =>
      requested.transitiveTagKeys.some((name) => name.toLowerCase() === key.toLowerCase()),
    );
  return { tags, transitiveTagKeys: [...inherited, ...asked] };
};
