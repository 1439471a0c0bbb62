import type { ManagedPolicyPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { oldestFirst } from './grouped.ts';
import type { Report } from './problem.ts';

export const compileManagedPolicy = (
  index: DocumentIndex,
  arn: string,
  report: Report,
): ManagedPolicyPart | undefined => {
  const [policy, ...others] = oldestFirst(index.managedPoliciesByArn.of(arn));
  if (!policy) return undefined;
  for (const { id } of others) {
    report(
      'duplicatePolicy',
      id,
      `policy \`${id}\` has the ARN of the older \`${policy.id}\`: it has no effect`,
    );
  }
  const { accountId, versions, defaultVersionId } = policy;
  const version = versions.find(({ id }) => id === defaultVersionId);
  if (!version) {
    report(
      'missingVersion',
      policy.id,
      `policy \`${policy.id}\` has no version \`${defaultVersionId}\`, which should be its default: it has no effect`,
    );
    return undefined;
  }
  return { kind: 'managedPolicy', id: arn, accountId, document: version.document };
};
