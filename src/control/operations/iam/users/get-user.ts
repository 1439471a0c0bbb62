import type { User } from '../../../../protocol/generated/iam.ts';
import { userAnswer } from '../answers.ts';
import { iamRead } from '../iam-operation.ts';
import { userOrRoot } from './caller-user.ts';

export const getUser = iamRead<'GetUser'>(async (tx, { UserName }, context) => {
  const user = await userOrRoot(tx, UserName, context);
  if (user) return { User: userAnswer(user) };
  const { accountId, principalArn } = context.caller;
  const account = await tx.get('account', accountId);
  // AWS answers neither path nor name for the root of an account, whatever the model says.
  const root: Partial<User> = {
    UserId: accountId,
    Arn: principalArn,
    CreateDate: new Date(account?.createdAt ?? context.now),
  };
  return { User: root as User };
});
