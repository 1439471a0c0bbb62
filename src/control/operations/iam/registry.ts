import type { IamOperationName } from '../../../protocol/generated/iam.ts';
import { createAccessKey } from './access-keys/create-access-key.ts';
import { deleteAccessKey } from './access-keys/delete-access-key.ts';
import { listAccessKeys } from './access-keys/list-access-keys.ts';
import { updateAccessKey } from './access-keys/update-access-key.ts';
import {
  attachGroupPolicy,
  attachRolePolicy,
  attachUserPolicy,
  detachGroupPolicy,
  detachRolePolicy,
  detachUserPolicy,
  listAttachedGroupPolicies,
  listAttachedRolePolicies,
  listAttachedUserPolicies,
} from './attachments.ts';
import {
  deleteRolePermissionsBoundary,
  deleteUserPermissionsBoundary,
  putRolePermissionsBoundary,
  putUserPermissionsBoundary,
} from './boundaries.ts';
import { createGroup } from './groups/create-group.ts';
import { deleteGroup } from './groups/delete-group.ts';
import { getGroup } from './groups/get-group.ts';
import { listGroups } from './groups/list-groups.ts';
import { addUserToGroup, listGroupsForUser, removeUserFromGroup } from './groups/membership.ts';
import { updateGroup } from './groups/update-group.ts';
import {
  deleteGroupPolicy,
  deleteRolePolicy,
  deleteUserPolicy,
  getGroupPolicy,
  getRolePolicy,
  getUserPolicy,
  listGroupPolicies,
  listRolePolicies,
  listUserPolicies,
  putGroupPolicy,
  putRolePolicy,
  putUserPolicy,
} from './inline-policies.ts';
import { createPolicy } from './managed-policies/create-policy.ts';
import { createPolicyVersion } from './managed-policies/create-policy-version.ts';
import { deletePolicy } from './managed-policies/delete-policy.ts';
import { deletePolicyVersion } from './managed-policies/delete-policy-version.ts';
import { getPolicy } from './managed-policies/get-policy.ts';
import { getPolicyVersion } from './managed-policies/get-policy-version.ts';
import { listEntitiesForPolicy } from './managed-policies/list-entities-for-policy.ts';
import { listPolicies } from './managed-policies/list-policies.ts';
import { listPolicyVersions } from './managed-policies/list-policy-versions.ts';
import { setDefaultPolicyVersion } from './managed-policies/set-default-policy-version.ts';
import {
  addClientId,
  deleteProvider,
  removeClientId,
  updateThumbprints,
} from './oidc-providers/change-provider.ts';
import { createProvider } from './oidc-providers/create-provider.ts';
import { getProvider, listProviders } from './oidc-providers/get-provider.ts';
import { createRole } from './roles/create-role.ts';
import { deleteRole } from './roles/delete-role.ts';
import { getRole } from './roles/get-role.ts';
import { listInstanceProfilesForRole } from './roles/list-instance-profiles-for-role.ts';
import { listRoles } from './roles/list-roles.ts';
import { updateAssumeRolePolicy } from './roles/update-assume-role-policy.ts';
import { updateRole, updateRoleDescription } from './roles/update-role.ts';
import {
  listOpenIDConnectProviderTags,
  listPolicyTags,
  listRoleTags,
  listUserTags,
  tagOpenIDConnectProvider,
  tagPolicy,
  tagRole,
  tagUser,
  untagOpenIDConnectProvider,
  untagPolicy,
  untagRole,
  untagUser,
} from './tags.ts';
import { createUser } from './users/create-user.ts';
import { deleteUser } from './users/delete-user.ts';
import { getUser } from './users/get-user.ts';
import { listUsers } from './users/list-users.ts';
import {
  deleteLoginProfile,
  getLoginProfile,
  listAccountAliases,
  listMFADevices,
  listServiceSpecificCredentials,
  listSigningCertificates,
  listSSHPublicKeys,
  listVirtualMFADevices,
} from './users/nothing-kept.ts';
import { updateUser } from './users/update-user.ts';

export const iamOperations = {
  AddClientIDToOpenIDConnectProvider: addClientId,
  AddUserToGroup: addUserToGroup,
  AttachGroupPolicy: attachGroupPolicy,
  AttachRolePolicy: attachRolePolicy,
  AttachUserPolicy: attachUserPolicy,
  CreateAccessKey: createAccessKey,
  CreateGroup: createGroup,
  CreateOpenIDConnectProvider: createProvider,
  CreatePolicy: createPolicy,
  CreatePolicyVersion: createPolicyVersion,
  CreateRole: createRole,
  CreateUser: createUser,
  DeleteAccessKey: deleteAccessKey,
  DeleteGroup: deleteGroup,
  DeleteGroupPolicy: deleteGroupPolicy,
  DeleteLoginProfile: deleteLoginProfile,
  DeleteOpenIDConnectProvider: deleteProvider,
  DeletePolicy: deletePolicy,
  DeletePolicyVersion: deletePolicyVersion,
  DeleteRole: deleteRole,
  DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
  DeleteRolePolicy: deleteRolePolicy,
  DeleteUser: deleteUser,
  DeleteUserPermissionsBoundary: deleteUserPermissionsBoundary,
  DeleteUserPolicy: deleteUserPolicy,
  DetachGroupPolicy: detachGroupPolicy,
  DetachRolePolicy: detachRolePolicy,
  DetachUserPolicy: detachUserPolicy,
  GetGroup: getGroup,
  GetGroupPolicy: getGroupPolicy,
  GetLoginProfile: getLoginProfile,
  GetOpenIDConnectProvider: getProvider,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  GetRole: getRole,
  GetRolePolicy: getRolePolicy,
  GetUser: getUser,
  GetUserPolicy: getUserPolicy,
  ListAccessKeys: listAccessKeys,
  ListAccountAliases: listAccountAliases,
  ListAttachedGroupPolicies: listAttachedGroupPolicies,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  ListGroupPolicies: listGroupPolicies,
  ListGroups: listGroups,
  ListGroupsForUser: listGroupsForUser,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  ListMFADevices: listMFADevices,
  ListOpenIDConnectProviderTags: listOpenIDConnectProviderTags,
  ListOpenIDConnectProviders: listProviders,
  ListPolicies: listPolicies,
  ListPolicyTags: listPolicyTags,
  ListPolicyVersions: listPolicyVersions,
  ListRolePolicies: listRolePolicies,
  ListRoleTags: listRoleTags,
  ListRoles: listRoles,
  ListSSHPublicKeys: listSSHPublicKeys,
  ListServiceSpecificCredentials: listServiceSpecificCredentials,
  ListSigningCertificates: listSigningCertificates,
  ListUserPolicies: listUserPolicies,
  ListUserTags: listUserTags,
  ListUsers: listUsers,
  ListVirtualMFADevices: listVirtualMFADevices,
  PutGroupPolicy: putGroupPolicy,
  PutRolePermissionsBoundary: putRolePermissionsBoundary,
  PutRolePolicy: putRolePolicy,
  PutUserPermissionsBoundary: putUserPermissionsBoundary,
  PutUserPolicy: putUserPolicy,
  RemoveClientIDFromOpenIDConnectProvider: removeClientId,
  RemoveUserFromGroup: removeUserFromGroup,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  TagOpenIDConnectProvider: tagOpenIDConnectProvider,
  TagPolicy: tagPolicy,
  TagRole: tagRole,
  TagUser: tagUser,
  UntagOpenIDConnectProvider: untagOpenIDConnectProvider,
  UntagPolicy: untagPolicy,
  UntagRole: untagRole,
  UntagUser: untagUser,
  UpdateAccessKey: updateAccessKey,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  UpdateGroup: updateGroup,
  UpdateOpenIDConnectProviderThumbprint: updateThumbprints,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
  UpdateUser: updateUser,
} satisfies Record<IamOperationName, unknown>;
