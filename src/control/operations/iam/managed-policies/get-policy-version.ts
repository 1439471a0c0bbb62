import { encodeDocument } from '../answers.ts';
import { iamRead } from '../iam-operation.ts';
import { findPolicy } from './find-policy.ts';
import { findVersion, versionSummary } from './version-answer.ts';

export const getPolicyVersion = iamRead<'GetPolicyVersion'>(async (tx, input, context) => {
  const policy = await findPolicy(tx, input.PolicyArn, context);
  const version = findVersion(policy, input.VersionId);
  return {
    PolicyVersion: {
      Document: encodeDocument(version.document),
      ...versionSummary(policy, version),
    },
  };
});
