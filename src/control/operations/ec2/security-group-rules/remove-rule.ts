import type { SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { dropTags } from '../../../tags.ts';

export const removeRule = async (tx: WriteTransaction, rule: SecurityGroupRule): Promise<void> => {
  await dropTags(tx, rule.arn);
  await tx.delete('securityGroupRule', rule.id);
};
