import type { GroupPart } from '../snapshot/parts.ts';
import { attachedPolicies } from './attached-policies.ts';
import type { DocumentIndex } from './document-index.ts';
import { inlinePolicies } from './inline-policies.ts';

export const compileGroup = (index: DocumentIndex, id: string): GroupPart | undefined => {
  const group = index.get('iamGroup', id);
  return (
    group && {
      kind: 'group',
      id,
      accountId: group.accountId,
      name: group.name,
      inlinePolicies: inlinePolicies(group),
      attachedPolicies: attachedPolicies(index, id),
    }
  );
};
