import { deleteConflictText } from '../errors.ts';
import { DONE, iamWrite } from '../iam-operation.ts';
import { findOwnPolicy } from './find-policy.ts';
import { policyUse } from './policy-answer.ts';

export const deletePolicy = iamWrite<'DeletePolicy'>(async (tx, { PolicyArn }, context) => {
  const policy = await findOwnPolicy(tx, PolicyArn, context);
  const { attachments, boundaries } = await policyUse(tx, policy.arn, context);
  if (attachments + boundaries > 0) {
    throw deleteConflictText('Cannot delete a policy attached to entities.');
  }
  if (policy.versions.length > 1) {
    throw deleteConflictText(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  await tx.delete('managedPolicy', policy.id);
  return DONE;
});
