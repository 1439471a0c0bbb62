import { stsRead, validationError } from './sts-operation.ts';

/** For keys that are kept here: temporary ones are known by their tokens alone. */
export const getAccessKeyInfo = stsRead<'GetAccessKeyInfo'>(async (tx, { AccessKeyId }) => {
  const key = await tx.get('accessKey', AccessKeyId);
  if (!key) throw validationError('Invalid Access Key ID');
  return { Account: key.accountId };
});
