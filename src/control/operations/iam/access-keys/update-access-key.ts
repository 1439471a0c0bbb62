import { invalidInput } from '../errors.ts';
import { DONE, iamWrite } from '../iam-operation.ts';
import { userOrRoot } from '../users/caller-user.ts';
import { assertNotLastOfRoot, findKeyOf } from './keys-of.ts';

export const updateAccessKey = iamWrite<'UpdateAccessKey'>(async (tx, input, context) => {
  const user = await userOrRoot(tx, input.UserName, context);
  const key = await findKeyOf(tx, user, input.AccessKeyId, context);
  // AWS expires keys by itself; nobody sets that.
  if (input.Status === 'Expired') throw invalidInput('Status must be Active or Inactive.');
  const active = input.Status === 'Active';
  if (!active) await assertNotLastOfRoot(tx, key, context);
  await tx.update('accessKey', { ...key, active, lastUpdatedAt: context.now.toISOString() });
  return DONE;
});
