import { deleteConflictText } from '../errors.ts';
import { DONE, iamWrite } from '../iam-operation.ts';
import { findOwnPolicy } from './find-policy.ts';
import { findVersion } from './version-answer.ts';

export const deletePolicyVersion = iamWrite<'DeletePolicyVersion'>(async (tx, input, context) => {
  const policy = await findOwnPolicy(tx, input.PolicyArn, context);
  const { id } = findVersion(policy, input.VersionId);
  if (id === policy.defaultVersionId) {
    throw deleteConflictText('Cannot delete the default version of a policy.');
  }
  await tx.update('managedPolicy', {
    ...policy,
    versions: policy.versions.filter((version) => version.id !== id),
    lastUpdatedAt: context.now.toISOString(),
  });
  return DONE;
});
