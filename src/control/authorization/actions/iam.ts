import type { IamOperations, Tag } from '../../../protocol/generated/iam.ts';
import { type KeyValues, tagKeys } from '../key-values.ts';
import type {
  AskedResource,
  CallScope,
  RequiredAction,
  RequiredActions,
} from '../required-action.ts';
import {
  iamEntity,
  listedTags,
  managedPolicy,
  newEntityResource,
  newManagedPolicy,
  newOidcProvider,
  oidcProvider,
  userOrCaller,
  withBoundary,
} from './iam-resources.ts';

type UserName = { readonly UserName: string };
type GroupName = { readonly GroupName: string };
type RoleName = { readonly RoleName: string };
type PolicyArn = { readonly PolicyArn: string };
type ProviderArn = { readonly OpenIDConnectProviderArn: string };

const user = {
  on: async ({ UserName }: UserName, scope: CallScope) => [
    await iamEntity('iamUser', UserName, scope),
  ],
};
/** A user that need not be named: then it is the caller. */
const ownUser = {
  on: async ({ UserName }: Partial<UserName>, scope: CallScope) => [
    await userOrCaller(UserName, scope),
  ],
};
const group = {
  on: async ({ GroupName }: GroupName, scope: CallScope) => [
    await iamEntity('iamGroup', GroupName, scope),
  ],
};
const role = {
  on: async ({ RoleName }: RoleName, scope: CallScope) => [
    await iamEntity('iamRole', RoleName, scope),
  ],
};
const policy = {
  on: async ({ PolicyArn }: PolicyArn, scope: CallScope) => [await managedPolicy(PolicyArn, scope)],
};
const provider = {
  on: async (input: ProviderArn, scope: CallScope) => [
    await oidcProvider(input.OpenIDConnectProviderArn, scope),
  ],
};

/** Users and roles whose permissions change: policies may ask for the boundary that they have. */
const boundedUser = {
  on: async ({ UserName }: UserName, scope: CallScope) => [
    await withBoundary('iamUser', UserName, scope),
  ],
};
const boundedRole = {
  on: async ({ RoleName }: RoleName, scope: CallScope) => [
    await withBoundary('iamRole', RoleName, scope),
  ],
};

const policyKey = ({ PolicyArn }: PolicyArn): KeyValues => ({ 'iam:PolicyARN': PolicyArn });

/** As the call sets it. */
const boundaryKey = (input: { readonly PermissionsBoundary?: string }): KeyValues => ({
  'iam:PermissionsBoundary': input.PermissionsBoundary,
});

type Tagged = { readonly Tags?: readonly Tag[] };

/** Making something; with tags, tagging it has to be allowed too. */
const creating = <Input extends Tagged>(
  tagging: string,
  made: (input: Input, scope: CallScope) => AskedResource,
  keys?: (input: Input) => KeyValues,
): RequiredAction<Input> => ({
  on: async (input, scope) => [made(input, scope)],
  keys: (input) => ({ ...listedTags(input.Tags), ...keys?.(input) }),
  also: async (input, scope) =>
    input.Tags?.length ? [{ action: tagging, resource: made(input, scope) }] : [],
});

const addedTags = ({ Tags }: Tagged): KeyValues => listedTags(Tags);
const removedTags = ({ TagKeys }: { readonly TagKeys: readonly string[] }): KeyValues =>
  tagKeys(TagKeys);

/** What gets another name or path is asked about under both ("UpdateUser" in AWS's IAM API reference). */
const renaming = async (
  kind: 'iamUser' | 'iamGroup',
  name: string,
  to: { readonly name: string | undefined; readonly path: string | undefined },
  scope: CallScope,
): Promise<readonly AskedResource[]> => {
  const before = await iamEntity(kind, name, scope);
  if (to.name === undefined && to.path === undefined) return [before];
  const after = newEntityResource(
    kind,
    to.name ?? nameIn(before),
    to.path ?? pathIn(before),
    scope,
  );
  return [before, { arn: after.arn, ...(before.keys && { keys: before.keys }) }];
};

const nameIn = ({ arn }: AskedResource): string => arn.slice(arn.lastIndexOf('/') + 1);
const pathIn = ({ arn }: AskedResource): string =>
  arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);

/** "Actions, resources, and condition keys for AWS Identity and Access Management" in AWS's service authorization reference. */
export const iamActions: RequiredActions<IamOperations> = {
  AddClientIDToOpenIDConnectProvider: provider,
  AddUserToGroup: group,
  AttachGroupPolicy: { ...group, keys: policyKey },
  AttachRolePolicy: { ...boundedRole, keys: policyKey },
  AttachUserPolicy: { ...boundedUser, keys: policyKey },
  CreateAccessKey: ownUser,
  CreateGroup: {
    on: async ({ GroupName, Path }, scope) => [
      newEntityResource('iamGroup', GroupName, Path, scope),
    ],
  },
  CreateOpenIDConnectProvider: creating('iam:TagOpenIDConnectProvider', ({ Url }, scope) =>
    newOidcProvider(Url, scope),
  ),
  CreatePolicy: creating('iam:TagPolicy', ({ PolicyName, Path }, scope) =>
    newManagedPolicy(PolicyName, Path, scope),
  ),
  CreatePolicyVersion: policy,
  CreateRole: creating<IamOperations['CreateRole']['input']>(
    'iam:TagRole',
    ({ RoleName, Path }, scope) => newEntityResource('iamRole', RoleName, Path, scope),
    boundaryKey,
  ),
  CreateUser: creating<IamOperations['CreateUser']['input']>(
    'iam:TagUser',
    ({ UserName, Path }, scope) => newEntityResource('iamUser', UserName, Path, scope),
    boundaryKey,
  ),
  DeleteAccessKey: ownUser,
  DeleteGroup: group,
  DeleteGroupPolicy: group,
  DeleteLoginProfile: ownUser,
  DeleteOpenIDConnectProvider: provider,
  DeletePolicy: policy,
  DeletePolicyVersion: policy,
  DeleteRole: boundedRole,
  DeleteRolePermissionsBoundary: boundedRole,
  DeleteRolePolicy: boundedRole,
  DeleteUser: user,
  DeleteUserPermissionsBoundary: boundedUser,
  DeleteUserPolicy: boundedUser,
  DetachGroupPolicy: { ...group, keys: policyKey },
  DetachRolePolicy: { ...boundedRole, keys: policyKey },
  DetachUserPolicy: { ...boundedUser, keys: policyKey },
  GetGroup: group,
  GetGroupPolicy: group,
  GetLoginProfile: ownUser,
  GetOpenIDConnectProvider: provider,
  GetPolicy: policy,
  GetPolicyVersion: policy,
  GetRole: role,
  GetRolePolicy: role,
  GetUser: ownUser,
  GetUserPolicy: user,
  ListAccessKeys: ownUser,
  ListAccountAliases: {},
  ListAttachedGroupPolicies: group,
  ListAttachedRolePolicies: role,
  ListAttachedUserPolicies: user,
  ListEntitiesForPolicy: policy,
  ListGroupPolicies: group,
  ListGroups: {},
  ListGroupsForUser: user,
  ListInstanceProfilesForRole: role,
  ListMFADevices: ownUser,
  ListOpenIDConnectProviderTags: provider,
  ListOpenIDConnectProviders: {},
  ListPolicies: {},
  ListPolicyTags: policy,
  ListPolicyVersions: policy,
  ListRolePolicies: role,
  ListRoleTags: role,
  ListRoles: {},
  ListSSHPublicKeys: ownUser,
  ListServiceSpecificCredentials: ownUser,
  ListSigningCertificates: ownUser,
  ListUserPolicies: user,
  ListUserTags: user,
  ListUsers: {},
  ListVirtualMFADevices: {},
  PutGroupPolicy: group,
  PutRolePermissionsBoundary: { ...role, keys: boundaryKey },
  PutRolePolicy: boundedRole,
  PutUserPermissionsBoundary: { ...user, keys: boundaryKey },
  PutUserPolicy: boundedUser,
  RemoveClientIDFromOpenIDConnectProvider: provider,
  RemoveUserFromGroup: group,
  SetDefaultPolicyVersion: policy,
  TagOpenIDConnectProvider: { ...provider, keys: addedTags },
  TagPolicy: { ...policy, keys: addedTags },
  TagRole: { ...role, keys: addedTags },
  TagUser: { ...user, keys: addedTags },
  UntagOpenIDConnectProvider: { ...provider, keys: removedTags },
  UntagPolicy: { ...policy, keys: removedTags },
  UntagRole: { ...role, keys: removedTags },
  UntagUser: { ...user, keys: removedTags },
  UpdateAccessKey: ownUser,
  UpdateAssumeRolePolicy: role,
  UpdateGroup: {
    on: ({ GroupName, NewGroupName, NewPath }, scope) =>
      renaming('iamGroup', GroupName, { name: NewGroupName, path: NewPath }, scope),
  },
  UpdateOpenIDConnectProviderThumbprint: provider,
  UpdateRole: role,
  UpdateRoleDescription: role,
  UpdateUser: {
    on: ({ UserName, NewUserName, NewPath }, scope) =>
      renaming('iamUser', UserName, { name: NewUserName, path: NewPath }, scope),
  },
};
