import { stsRead } from './sts-operation.ts';

/** For the root of an account, the user id is the account id (AWS: "GetCallerIdentity"). */
export const getCallerIdentity = stsRead<'GetCallerIdentity'>(async (_tx, _input, { caller }) => ({
  Account: caller.accountId,
  Arn: caller.principalArn,
  UserId: caller.session?.principalId ?? caller.userId ?? caller.accountId,
}));
