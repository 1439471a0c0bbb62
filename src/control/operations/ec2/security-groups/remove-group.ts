import type { SecurityGroup } from '../../../../lattice/vpc.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { dropTags } from '../../../tags.ts';
import { removeRule } from '../security-group-rules/remove-rule.ts';
import { rulesOf } from '../security-group-rules/rules-of.ts';

/** Deletes a group with its rules and all tags. */
export const removeGroup = async (tx: WriteTransaction, group: SecurityGroup): Promise<void> => {
  for (const rule of await rulesOf(tx, group.id)) await removeRule(tx, rule);
  await dropTags(tx, group.arn);
  await tx.delete('securityGroup', group.id);
};
