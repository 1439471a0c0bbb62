import { conditionKey } from '../../policy/pattern.ts';
import type { ConditionValues } from '../../policy/request.ts';
import { findTagKey } from '../../policy/tags.ts';

/** Condition keys as AWS writes them (`aws:PrincipalArn`), with what a request has for them. */
export type KeyValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Looks keys up as policies ask for them; of two with the same key the first that has a value counts.
 * What follows a `/` is the name of a tag, or the path of an identity provider: in any case of letters.
 */
export class KeyLookup implements ConditionValues {
  readonly #byKey = new Map<string, string | readonly string[]>();

  constructor(...groups: readonly (KeyValues | undefined)[]) {
    for (const group of groups) {
      for (const name in group) {
        const value = group[name];
        const key = conditionKey(name);
        if (value !== undefined && !this.#byKey.has(key)) this.#byKey.set(key, value);
      }
    }
  }

  value(key: string): string | readonly string[] | undefined {
    const exact = this.#byKey.get(key);
    if (exact !== undefined || !key.includes('/')) return exact;
    const found = findTagKey(this.#byKey.keys(), key);
    return found === undefined ? undefined : this.#byKey.get(found);
  }
}

/** `aws:ResourceTag/…`; `prefix` for services that have a key of their own for it. */
export const resourceTags = (tags: Readonly<Record<string, string>>, prefix = 'aws'): KeyValues =>
  taggedKeys(`${prefix}:ResourceTag`, tags);

/** `aws:RequestTag/…` and `aws:TagKeys`; nothing when a call has no tags. */
export const requestTags = (tags: Readonly<Record<string, string>> | undefined): KeyValues => {
  const names = Object.keys(tags ?? {});
  return names.length === 0 ? {} : { ...taggedKeys('aws:RequestTag', tags), ...tagKeys(names) };
};

/** `aws:TagKeys` of a call that takes tags away. */
export const tagKeys = (keys: readonly string[]): KeyValues => ({ 'aws:TagKeys': keys });

const taggedKeys = (name: string, tags: Readonly<Record<string, string>> = {}): KeyValues =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${name}/${key}`, value]));
