import type { IamRole, IamUser } from '../lattice/identity.ts';
import type { PrincipalPart } from '../snapshot/parts.ts';
import { attachedPolicies } from './attached-policies.ts';
import type { DocumentIndex } from './document-index.ts';
import { compareText, oldestFirst } from './grouped.ts';
import { inlinePolicies } from './inline-policies.ts';
import type { Report } from './problem.ts';

/** A user or role; their ids differ in how they begin. */
export const compilePrincipal = (
  index: DocumentIndex,
  id: string,
  report: Report,
): PrincipalPart | undefined => {
  const user = index.get('iamUser', id);
  if (user) return { ...partOf('user', user, index), groupIds: groupsOf(index, id, report) };
  const role = index.get('iamRole', id);
  return role && { ...partOf('role', role, index), groupIds: [] };
};

const partOf = (
  type: PrincipalPart['type'],
  entity: IamUser | IamRole,
  index: DocumentIndex,
): Omit<PrincipalPart, 'groupIds'> => {
  const { id, accountId, name, arn, tags, permissionsBoundary } = entity;
  return {
    kind: 'principal',
    id,
    type,
    accountId,
    name,
    arn,
    // A copy: parts get frozen, documents are not ours.
    tags: { ...tags },
    inlinePolicies: inlinePolicies(entity),
    attachedPolicies: attachedPolicies(index, id),
    ...(permissionsBoundary !== undefined && { permissionsBoundary }),
  };
};

const groupsOf = (index: DocumentIndex, userId: string, report: Report): string[] => {
  const groupIds: string[] = [];
  for (const { id, groupId } of oldestFirst(index.membershipsByUser.of(userId))) {
    if (index.get('iamGroup', groupId)) {
      groupIds.push(groupId);
    } else {
      report(
        'danglingGroup',
        id,
        `user \`${userId}\` is in group \`${groupId}\`, which does not exist`,
      );
    }
  }
  return groupIds.sort(compareText);
};
