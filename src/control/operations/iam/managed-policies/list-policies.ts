import {
  AWS_MANAGED_POLICIES,
  awsManagedPolicyArn,
} from '../../../../lattice/aws-managed-policies.ts';
import type { Policy } from '../../../../protocol/generated/iam.ts';
import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';
import { fromAws } from './find-policy.ts';
import { policySummary } from './policy-answer.ts';

export const listPolicies = iamRead<'ListPolicies'>(async (tx, input, context) => {
  const { Scope = 'All', PathPrefix = '/', OnlyAttached, PolicyUsageFilter } = input;
  const own =
    Scope === 'AWS'
      ? []
      : (await tx.list('managedPolicy', { index: 'account', equals: context.caller.accountId }))
          .items;
  const ofAws =
    Scope === 'Local'
      ? []
      : AWS_MANAGED_POLICIES.map((policy) =>
          fromAws(policy, awsManagedPolicyArn(policy.name, context.settings.partition)),
        );
  const found: Policy[] = [];
  for (const policy of [...own, ...ofAws]) {
    if (!policy.path.startsWith(PathPrefix)) continue;
    const answer = await policySummary(tx, policy, context);
    const uses = {
      PermissionsPolicy: answer.AttachmentCount ?? 0,
      PermissionsBoundary: answer.PermissionsBoundaryUsageCount ?? 0,
    };
    if (OnlyAttached === true && uses[PolicyUsageFilter ?? 'PermissionsPolicy'] === 0) continue;
    if (PolicyUsageFilter !== undefined && uses[PolicyUsageFilter] === 0) continue;
    found.push(answer);
  }
  const { items, rest } = iamPage(
    found,
    ({ PolicyName, PolicyId }) => `${PolicyName?.toLowerCase()} ${PolicyId}`,
    input,
    context,
    'ListPolicies',
    { Scope, PathPrefix, OnlyAttached: String(OnlyAttached), PolicyUsageFilter },
  );
  return { Policies: items, ...rest };
});
