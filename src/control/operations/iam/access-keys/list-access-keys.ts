import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';
import { userOrRoot } from '../users/caller-user.ts';
import { keysOf } from './keys-of.ts';

export const listAccessKeys = iamRead<'ListAccessKeys'>(async (tx, input, context) => {
  const user = await userOrRoot(tx, input.UserName, context);
  const { items, rest } = iamPage(
    await keysOf(tx, user, context),
    ({ createdAt, id }) => `${createdAt} ${id}`,
    input,
    context,
    'ListAccessKeys',
    { user: user?.id },
  );
  return {
    AccessKeyMetadata: items.map(({ id, active, createdAt }) => ({
      UserName: user?.name ?? 'root',
      AccessKeyId: id,
      Status: active ? 'Active' : 'Inactive',
      CreateDate: new Date(createdAt),
    })),
    ...rest,
  };
});
