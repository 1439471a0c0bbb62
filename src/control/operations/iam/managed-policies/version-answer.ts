import type { ManagedPolicy, PolicyVersion as Version } from '../../../../lattice/identity.ts';
import type { PolicyVersion } from '../../../../protocol/generated/iam.ts';
import { noSuchEntity } from '../errors.ts';

/** As in lists: without the document. */
export const versionSummary = (policy: ManagedPolicy, version: Version): PolicyVersion => ({
  VersionId: version.id,
  IsDefaultVersion: version.id === policy.defaultVersionId,
  CreateDate: new Date(version.createdAt),
});

/** @throws NoSuchEntity */
export const findVersion = (policy: ManagedPolicy, versionId: string): Version => {
  const version = policy.versions.find(({ id }) => id === versionId);
  if (version) return version;
  throw noSuchEntity(
    `Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`,
  );
};
