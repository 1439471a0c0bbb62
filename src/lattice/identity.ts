/** Principals and policies of IAM, as the store keeps them. Policy documents are kept as they were sent. */

/** What users, groups and roles have in common; `id` is IAM's unique id, which no later one gets again. */
interface IamEntity {
  readonly id: string;
  readonly accountId: string;
  /** Unique within the account and type, whatever the case. */
  readonly name: string;
  /** `/`, or with a slash at both ends. */
  readonly path: string;
  readonly arn: string;
  /** Policies that belong to this entity alone; in order of name. */
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

export interface IamUser extends IamEntity {
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface IamGroup extends IamEntity {}

export interface IamRole extends IamEntity {
  readonly description?: string;
  /** Who may assume it. */
  readonly trustPolicy: string;
  readonly maxSessionSeconds: number;
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** That a user is in a group; `id` is `<group id>/<user id>`. */
export interface GroupMembership {
  readonly id: string;
  readonly accountId: string;
  readonly groupId: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

/** A policy of an account that can be attached. Those of AWS are in `aws-managed-policies.ts`. */
export interface ManagedPolicy {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly description?: string;
  readonly defaultVersionId: string;
  /** Oldest first; at most five. */
  readonly versions: readonly PolicyVersion[];
  /** Number of the next version: numbers are not given twice. */
  readonly nextVersion: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

export interface PolicyVersion {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly createdAt: string;
}

export type IamEntityKind = 'iamUser' | 'iamGroup' | 'iamRole';

/** That a managed policy is attached; `id` is `<entity id>/<policy ARN>`. */
export interface PolicyAttachment {
  readonly id: string;
  /** Of the entity; AWS's policies are in no account. */
  readonly accountId: string;
  readonly policyArn: string;
  readonly entityKind: IamEntityKind;
  readonly entityId: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

/** An issuer of web identity tokens that an account trusts; `id` is its ARN. */
export interface OidcProvider {
  readonly id: string;
  readonly accountId: string;
  readonly arn: string;
  /** As tokens name it in `iss`: with its scheme, without a slash at the end. */
  readonly url: string;
  readonly clientIds: readonly string[];
  /** Kept and shown, as AWS does for issuers whose certificate is signed by a known authority; not compared. */
  readonly thumbprints: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

/** A key that seals session tokens; `id` stands in each token that it sealed. Belongs to no account. */
export interface SessionTokenKey {
  readonly id: string;
  readonly accountId: '';
  /** 32 bytes, base64. */
  readonly secret: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}
