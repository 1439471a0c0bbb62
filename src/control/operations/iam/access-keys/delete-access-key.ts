import { DONE, iamWrite } from '../iam-operation.ts';
import { userOrRoot } from '../users/caller-user.ts';
import { assertNotLastOfRoot, findKeyOf } from './keys-of.ts';

export const deleteAccessKey = iamWrite<'DeleteAccessKey'>(async (tx, input, context) => {
  const user = await userOrRoot(tx, input.UserName, context);
  const key = await findKeyOf(tx, user, input.AccessKeyId, context);
  await assertNotLastOfRoot(tx, key, context);
  await tx.delete('accessKey', key.id);
  return DONE;
});
