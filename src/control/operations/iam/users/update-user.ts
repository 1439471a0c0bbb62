import { userArn } from '../../../../lattice/iam-arn.ts';
import { assertNameFree, findEntity } from '../entities.ts';
import { DONE, iamWrite } from '../iam-operation.ts';

export const updateUser = iamWrite<'UpdateUser'>(async (tx, input, context) => {
  const user = await findEntity(tx, 'iamUser', input.UserName, context);
  const { NewUserName: name = user.name, NewPath: path = user.path } = input;
  if (name.toLowerCase() !== user.name.toLowerCase()) {
    await assertNameFree(tx, 'iamUser', name, context);
  }
  const arn = userArn(context.settings.partition, user.accountId, path, name);
  const lastUpdatedAt = context.now.toISOString();
  await tx.update('iamUser', { ...user, name, path, arn, lastUpdatedAt });
  // Keys say whose they are by the ARN, which has just changed.
  const { items: keys } = await tx.list('accessKey', { index: 'user', equals: user.id });
  for (const key of keys) {
    await tx.update('accessKey', { ...key, principalArn: arn, lastUpdatedAt });
  }
  return DONE;
});
