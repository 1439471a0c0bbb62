import type { StsOperations } from '../../../protocol/generated/sts.ts';
import { type Operation, readOperation } from '../../operation.ts';

type GetCallerIdentity = StsOperations['GetCallerIdentity'];

/** For the root of an account, the user id is the account id (AWS: "GetCallerIdentity"). */
export const getCallerIdentity: Operation<GetCallerIdentity['input'], GetCallerIdentity['output']> =
  readOperation(async (_tx, _input, { caller }) => ({
    Account: caller.accountId,
    Arn: caller.principalArn,
    UserId: caller.accountId,
  }));
