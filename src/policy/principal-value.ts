import type { Principal } from './principal.ts';
import { findTagKey } from './tags.ts';

const TAG = 'aws:principaltag/';

/**
 * What a principal has for the global condition keys that are about the caller ("Properties of the
 * principal" under "AWS global condition context keys" in AWS's IAM user guide).
 *
 * @param key as policies ask for it, in small letters but for the name of a tag
 * @returns undefined for what this principal, or any, does not have
 */
export const principalValue = (
  principal: Principal,
  key: string,
): string | readonly string[] | undefined => {
  if (key === 'aws:principaltype') return TYPES[principal.kind];
  if (key === 'aws:principalisawsservice') return String(principal.kind === 'service');
  if (principal.kind === 'service') {
    return key === 'aws:principalservicename' ? principal.name : undefined;
  }
  if (principal.kind === 'federated') {
    return key === 'aws:federatedprovider' ? principal.provider : undefined;
  }
  if (principal.kind === 'anonymous') return key === 'aws:userid' ? 'anonymous' : undefined;
  if (key.startsWith(TAG)) return tagValue(principal.tags, key.slice(TAG.length));
  switch (key) {
    case 'aws:principalarn':
      return principal.kind === 'roleSession' ? principal.roleArn : principal.arn;
    case 'aws:principalaccount':
      return principal.accountId;
    case 'aws:principalorgid':
      return principal.orgId;
    case 'aws:principalorgpaths':
      return principal.orgPath === undefined ? undefined : [principal.orgPath];
    case 'aws:userid':
      return principal.kind === 'root' ? principal.accountId : principal.userId;
    case 'aws:username':
      return principal.kind === 'user' ? principal.userName : undefined;
    default:
      return undefined;
  }
};

const TYPES: Readonly<Record<Principal['kind'], string | undefined>> = {
  anonymous: 'Anonymous',
  root: 'Account',
  user: 'User',
  roleSession: 'AssumedRole',
  federated: undefined,
  service: undefined,
};

const tagValue = (
  tags: ReadonlyMap<string, string> | undefined,
  name: string,
): string | undefined => {
  const key = tags && findTagKey(tags.keys(), name);
  return key === undefined ? undefined : tags?.get(key);
};
