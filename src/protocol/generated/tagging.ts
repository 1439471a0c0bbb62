// Generated from models/tagging.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface TaggingOperations {
  GetResources: { input: GetResourcesInput; output: GetResourcesOutput };
  GetTagKeys: { input: GetTagKeysInput; output: GetTagKeysOutput };
  GetTagValues: { input: GetTagValuesInput; output: GetTagValuesOutput };
  TagResources: { input: TagResourcesInput; output: TagResourcesOutput };
  UntagResources: { input: UntagResourcesInput; output: UntagResourcesOutput };
}

export type TaggingOperationName = keyof TaggingOperations;

export interface ComplianceDetails {
  readonly NoncompliantKeys?: readonly string[] | undefined;
  readonly KeysWithNoncompliantValues?: readonly string[] | undefined;
  readonly ComplianceStatus?: boolean | undefined;
}

export type ErrorCode =
  | "InternalServiceException"
  | "InvalidParameterException";

export interface FailureInfo {
  readonly StatusCode?: number | undefined;
  readonly ErrorCode?: ErrorCode | undefined;
  readonly ErrorMessage?: string | undefined;
}

export interface GetResourcesInput {
  readonly PaginationToken?: string;
  readonly TagFilters?: readonly TagFilter[];
  readonly ResourcesPerPage?: number;
  readonly TagsPerPage?: number;
  readonly ResourceTypeFilters?: readonly string[];
  readonly IncludeComplianceDetails?: boolean;
  readonly ExcludeCompliantResources?: boolean;
  readonly ResourceARNList?: readonly string[];
}

export interface GetResourcesOutput {
  readonly PaginationToken?: string | undefined;
  readonly ResourceTagMappingList?: readonly ResourceTagMapping[] | undefined;
}

export interface GetTagKeysInput {
  readonly PaginationToken?: string;
}

export interface GetTagKeysOutput {
  readonly PaginationToken?: string | undefined;
  readonly TagKeys?: readonly string[] | undefined;
}

export interface GetTagValuesInput {
  readonly PaginationToken?: string;
  readonly Key: string;
}

export interface GetTagValuesOutput {
  readonly PaginationToken?: string | undefined;
  readonly TagValues?: readonly string[] | undefined;
}

export interface ResourceTagMapping {
  readonly ResourceARN?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly ComplianceDetails?: ComplianceDetails | undefined;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagFilter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

export interface TagResourcesInput {
  readonly ResourceARNList: readonly string[];
  readonly Tags: Readonly<Record<string, string>>;
}

export interface TagResourcesOutput {
  readonly FailedResourcesMap?: Readonly<Record<string, FailureInfo>> | undefined;
}

export interface UntagResourcesInput {
  readonly ResourceARNList: readonly string[];
  readonly TagKeys: readonly string[];
}

export interface UntagResourcesOutput {
  readonly FailedResourcesMap?: Readonly<Record<string, FailureInfo>> | undefined;
}
