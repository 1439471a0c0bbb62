import { limitExceeded } from '../errors.ts';
import { iamWrite } from '../iam-operation.ts';
import { checkManagedPolicy } from './create-policy.ts';
import { findOwnPolicy } from './find-policy.ts';
import { versionSummary } from './version-answer.ts';

/** AWS's, and not to be raised. */
const MAX_VERSIONS = 5;

export const createPolicyVersion = iamWrite<'CreatePolicyVersion'>(async (tx, input, context) => {
  const policy = await findOwnPolicy(tx, input.PolicyArn, context);
  checkManagedPolicy(input.PolicyDocument);
  if (policy.versions.length >= MAX_VERSIONS) {
    throw limitExceeded(
      `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const now = context.now.toISOString();
  const version = {
    id: `v${policy.nextVersion}`,
    document: input.PolicyDocument,
    createdAt: now,
  };
  const changed = {
    ...policy,
    versions: [...policy.versions, version],
    nextVersion: policy.nextVersion + 1,
    defaultVersionId: input.SetAsDefault ? version.id : policy.defaultVersionId,
    lastUpdatedAt: now,
  };
  await tx.update('managedPolicy', changed);
  return { PolicyVersion: versionSummary(changed, version) };
});
