import { DONE, iamWrite } from '../iam-operation.ts';
import { findOwnPolicy } from './find-policy.ts';
import { findVersion } from './version-answer.ts';

export const setDefaultPolicyVersion = iamWrite<'SetDefaultPolicyVersion'>(
  async (tx, input, context) => {
    const policy = await findOwnPolicy(tx, input.PolicyArn, context);
    const { id } = findVersion(policy, input.VersionId);
    await tx.update('managedPolicy', {
      ...policy,
      defaultVersionId: id,
      lastUpdatedAt: context.now.toISOString(),
    });
    return DONE;
  },
);
