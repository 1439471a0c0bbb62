import { findAwsManagedPolicy } from '../../../lattice/aws-managed-policies.ts';
import type { IamGroup, IamRole, IamUser } from '../../../lattice/identity.ts';
import type { Group, Role, User } from '../../../protocol/generated/iam.ts';
import { toTagList } from './tag-list.ts';

/** Policy documents travel percent-encoded in IAM's answers (RFC 3986: all but the unreserved characters). */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const boundaryAnswer = (arn: string | undefined) =>
  arn === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
          PermissionsBoundaryArn: arn,
        },
      };

const tagsAnswer = (tags: Readonly<Record<string, string>>) =>
  Object.keys(tags).length === 0 ? {} : { Tags: toTagList(tags) };

/** As in lists: without boundary and tags. */
export const userSummary = (user: IamUser): User => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: user.arn,
  CreateDate: new Date(user.createdAt),
});

export const userAnswer = (user: IamUser): User => ({
  ...userSummary(user),
  ...boundaryAnswer(user.permissionsBoundary),
  ...tagsAnswer(user.tags),
});

export const groupAnswer = (group: IamGroup): Group => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: group.arn,
  CreateDate: new Date(group.createdAt),
});

/** As in lists: without boundary and tags. */
export const roleSummary = (role: IamRole): Role => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
  ...(role.description === undefined ? {} : { Description: role.description }),
  MaxSessionDuration: role.maxSessionSeconds,
});

export const roleAnswer = (role: IamRole): Role => ({
  ...roleSummary(role),
  ...boundaryAnswer(role.permissionsBoundary),
  ...tagsAnswer(role.tags),
});

/** The last part of a policy's ARN. */
export const policyNameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** `/`, or what stands between `policy` and the name. */
export const policyPathOf = (arn: string): string =>
  findAwsManagedPolicy(arn) ? '/' : arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
