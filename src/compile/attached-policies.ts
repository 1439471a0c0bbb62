import type { DocumentIndex } from './document-index.ts';
import { compareText } from './grouped.ts';

/**
 * ARNs of the managed policies that are attached to a user, role or group, in order of ARN. Whether
 * there is such a policy is looked at where they are evaluated, or each change of a policy would
 * change everybody who has it.
 */
export const attachedPolicies = (index: DocumentIndex, entityId: string): string[] =>
  [...index.attachmentsByEntity.of(entityId)].map(({ policyArn }) => policyArn).sort(compareText);
