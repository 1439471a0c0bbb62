import { assertNoPolicies } from '../attachments.ts';
import { findEntity } from '../entities.ts';
import { deleteConflict } from '../errors.ts';
import { DONE, iamWrite } from '../iam-operation.ts';

export const deleteUser = iamWrite<'DeleteUser'>(async (tx, { UserName }, context) => {
  const user = await findEntity(tx, 'iamUser', UserName, context);
  if ((await tx.count('groupMembership', { index: 'user', equals: user.id })) > 0) {
    throw deleteConflict('remove user from all groups');
  }
  if ((await tx.count('accessKey', { index: 'user', equals: user.id })) > 0) {
    throw deleteConflict('delete access keys');
  }
  await assertNoPolicies(tx, user);
  await tx.delete('iamUser', user.id);
  return DONE;
});
