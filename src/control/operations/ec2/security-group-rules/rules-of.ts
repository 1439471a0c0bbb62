import type { SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';

/** All rules of a group, both directions, in order of creation. */
export const rulesOf = async (
  tx: ReadTransaction,
  groupId: string,
): Promise<readonly SecurityGroupRule[]> =>
  (await tx.list('securityGroupRule', { index: 'group', equals: groupId })).items;
