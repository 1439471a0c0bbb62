import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';
import { findPolicy } from './find-policy.ts';
import { versionSummary } from './version-answer.ts';

/** Newest first, as AWS lists them. */
export const listPolicyVersions = iamRead<'ListPolicyVersions'>(async (tx, input, context) => {
  const policy = await findPolicy(tx, input.PolicyArn, context);
  const { items, rest } = iamPage(
    policy.versions,
    ({ id }) => String(1e10 - Number(id.slice(1))).padStart(11, '0'),
    input,
    context,
    'ListPolicyVersions',
    { arn: policy.arn },
  );
  return { Versions: items.map((version) => versionSummary(policy, version)), ...rest };
});
