import type { AccessKey } from '../../../../lattice/account.ts';
import { newIamId, newSecretAccessKey } from '../../../../lattice/iam-ids.ts';
import { quotaReached } from '../errors.ts';
import { iamWrite } from '../iam-operation.ts';
import { userOrRoot } from '../users/caller-user.ts';
import { keysOf } from './keys-of.ts';

/** The only answer that ever holds the secret. */
export const createAccessKey = iamWrite<'CreateAccessKey'>(async (tx, { UserName }, context) => {
  const user = await userOrRoot(tx, UserName, context);
  const limit = context.settings.quotas.accessKeysPerUser;
  if ((await keysOf(tx, user, context)).length >= limit) {
    throw quotaReached('AccessKeysPerUser', limit);
  }
  const now = context.now.toISOString();
  const key: AccessKey = {
    id: newIamId('accessKey'),
    accountId: context.caller.accountId,
    secretAccessKey: newSecretAccessKey(),
    principalArn: user?.arn ?? context.caller.principalArn,
    ...(user ? { userId: user.id } : {}),
    active: true,
    createdAt: now,
    lastUpdatedAt: now,
  };
  await tx.insert('accessKey', key);
  return {
    AccessKey: {
      UserName: user?.name ?? 'root',
      AccessKeyId: key.id,
      Status: 'Active',
      SecretAccessKey: key.secretAccessKey,
      CreateDate: new Date(now),
    },
  };
});
