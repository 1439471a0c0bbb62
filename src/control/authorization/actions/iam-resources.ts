import type { Documents } from '../../../lattice/documents.ts';
import { managedPolicyArn, oidcProviderArn } from '../../../lattice/iam-arn.ts';
import type { IamEntityKind, IamUser } from '../../../lattice/identity.ts';
import type { Tag } from '../../../protocol/generated/iam.ts';
import { entityOf, isRoot } from '../../caller-policies.ts';
import { ENTITIES, nameKey } from '../../operations/iam/entities.ts';
import { withoutScheme } from '../../operations/iam/oidc-providers/provider-url.ts';
import { type KeyValues, requestTags, resourceTags } from '../key-values.ts';
import type { AskedResource, CallScope } from '../required-action.ts';

/** A user, group or role by its name, whatever the case. One that is not there is taken to be at `/`. */
export const iamEntity = async (
  kind: IamEntityKind,
  name: string,
  scope: CallScope,
): Promise<AskedResource> => {
  const { accountId } = scope.context.caller;
  const found = await scope.tx.findUnique(kind, 'name', nameKey(accountId, name));
  return found ? entityResource(found) : newEntityResource(kind, name, '/', scope);
};

/** One that is yet to be made, or to get another name. */
export const newEntityResource = (
  kind: IamEntityKind,
  name: string,
  path: string | undefined,
  { context }: CallScope,
): AskedResource => ({
  arn: ENTITIES[kind].arn(context.settings.partition, context.caller.accountId, path ?? '/', name),
});

/** The user that a call is about: the named one, or else the caller. */
export const userOrCaller = async (
  name: string | undefined,
  scope: CallScope,
): Promise<AskedResource> => {
  if (name !== undefined) return iamEntity('iamUser', name, scope);
  const { caller } = scope.context;
  const entity = await entityOf(scope.tx, caller);
  if (entity?.arn === caller.principalArn) return entityResource(entity);
  // The root of an account is about itself; a session of a role has to name a user.
  return isRoot(caller)
    ? { arn: caller.principalArn }
    : newEntityResource('iamUser', '*', '/', scope);
};

type Entity = Documents[IamEntityKind];

/** `iam:ResourceTag/…` is the older name of `aws:ResourceTag/…`. */
export const entityResource = (entity: Entity): AskedResource => {
  const tags = 'tags' in entity ? entity.tags : {};
  return { arn: entity.arn, keys: { ...resourceTags(tags), ...resourceTags(tags, 'iam') } };
};

/** `iam:PermissionsBoundary` as the user or role has it. */
export const withBoundary = async (
  kind: 'iamUser' | 'iamRole',
  name: string,
  scope: CallScope,
): Promise<AskedResource> => {
  const { accountId } = scope.context.caller;
  const found: Pick<IamUser, 'permissionsBoundary'> | undefined = await scope.tx.findUnique(
    kind,
    'name',
    nameKey(accountId, name),
  );
  const { arn, keys } = await iamEntity(kind, name, scope);
  return { arn, keys: { ...keys, 'iam:PermissionsBoundary': found?.permissionsBoundary } };
};

/** A policy by its ARN, possibly one of AWS's. */
export const managedPolicy = async (arn: string, { tx }: CallScope): Promise<AskedResource> => {
  const found = await tx.findUnique('managedPolicy', 'arn', arn);
  return { arn, keys: resourceTags(found?.tags ?? {}) };
};

export const newManagedPolicy = (
  name: string,
  path: string | undefined,
  { context }: CallScope,
): AskedResource => ({
  arn: managedPolicyArn(context.settings.partition, context.caller.accountId, path ?? '/', name),
});

export const oidcProvider = async (arn: string, { tx }: CallScope): Promise<AskedResource> => {
  const found = await tx.get('oidcProvider', arn);
  return { arn, keys: resourceTags(found?.tags ?? {}) };
};

export const newOidcProvider = (url: string, { context }: CallScope): AskedResource => ({
  arn: oidcProviderArn(
    context.settings.partition,
    context.caller.accountId,
    withoutScheme(url.replace(/\/+$/, '')),
  ),
});

export const listedTags = (tags: readonly Tag[] | undefined): KeyValues =>
  requestTags(Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value])));
