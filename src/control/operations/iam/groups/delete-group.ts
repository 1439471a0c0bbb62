import { assertNoPolicies } from '../attachments.ts';
import { findEntity } from '../entities.ts';
import { deleteConflict } from '../errors.ts';
import { DONE, iamWrite } from '../iam-operation.ts';

export const deleteGroup = iamWrite<'DeleteGroup'>(async (tx, { GroupName }, context) => {
  const group = await findEntity(tx, 'iamGroup', GroupName, context);
  if ((await tx.count('groupMembership', { index: 'group', equals: group.id })) > 0) {
    throw deleteConflict('remove users from group');
  }
  await assertNoPolicies(tx, group);
  await tx.delete('iamGroup', group.id);
  return DONE;
});
