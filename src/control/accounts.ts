import { randomInt } from 'node:crypto';
import type { AccessKey, Account } from '../lattice/account.ts';
import { rootArn } from '../lattice/iam-arn.ts';
import { newIamId, newSecretAccessKey } from '../lattice/iam-ids.ts';
import { ServiceError } from '../protocol/service-error.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../store/store.ts';

/** An account with its root access key; the only time that the secret is handed out. */
export interface NewAccount {
  readonly account: Account;
  readonly key: AccessKey;
}

export const FIRST_ACCOUNT_NAME = 'default';

/** Only the operator makes accounts; this stops a loop that went wrong. */
const MAX_ACCOUNTS = 1000;

/** Inside a profile header of an INI file, so nothing but these characters. The API's model says the same. */
const ACCOUNT_NAME = /^[a-z0-9](?:[a-z0-9_-]{0,48}[a-z0-9])?$/;

/**
 * Makes an account and its root access key.
 *
 * @throws ServiceError ValidationException for a name that no profile can have, ConflictException
 * for a name that is taken, ServiceQuotaExceededException beyond 1000 accounts
 */
export const createAccount = async (
  tx: WriteTransaction,
  name: string,
  now: Date,
  partition?: string,
): Promise<NewAccount> => {
  if (!ACCOUNT_NAME.test(name)) {
    throw new ServiceError(
      'ValidationException',
      400,
      `\`${name.slice(0, 60)}\` cannot be an account's name: take 1 to 50 characters of a-z, 0-9, - and _, with a letter or digit first and last`,
      { reason: 'fieldValidationFailed', fieldList: [{ name: 'name', message: 'not a name' }] },
    );
  }
  const holder = await tx.findUnique('account', 'name', name);
  if (holder) {
    throw new ServiceError(
      'ConflictException',
      409,
      `an account with the name \`${name}\` already exists; choose another name`,
      { resourceId: holder.id, resourceType: 'ACCOUNT' },
    );
  }
  if ((await tx.count('account')) >= MAX_ACCOUNTS) {
    throw new ServiceError(
      'ServiceQuotaExceededException',
      402,
      `there are ${MAX_ACCOUNTS} accounts already, which is the most`,
      { resourceType: 'ACCOUNT', serviceCode: 'pergola', quotaCode: 'accounts' },
    );
  }
  const id = await unusedAccountId(tx);
  const stamp = { createdAt: now.toISOString(), lastUpdatedAt: now.toISOString() };
  const account: Account = { id, accountId: id, name, ...stamp };
  const key: AccessKey = {
    id: newIamId('accessKey'),
    accountId: id,
    secretAccessKey: newSecretAccessKey(),
    principalArn: rootArn(id, partition),
    active: true,
    ...stamp,
  };
  await tx.insert('account', account);
  await tx.insert('accessKey', key);
  return { account, key };
};

/** Makes the account `default` when there is no account yet. Its callers are the operators of this instance. */
export const ensureFirstAccount = async (
  store: Store,
  now: Date,
  partition?: string,
): Promise<void> => {
  await store.write(async (tx) => {
    if ((await tx.count('account')) === 0) {
      await createAccount(tx, FIRST_ACCOUNT_NAME, now, partition);
    }
  });
};

/** Whether the account is the first one, which may see and do everything in the admin API. */
export const isOperator = async (tx: ReadTransaction, accountId: string): Promise<boolean> => {
  const { items } = await tx.list('account', { limit: 1 });
  return items[0]?.id === accountId;
};

/** Never with a 0 in front: too many tools take such an id for a number. */
const unusedAccountId = async (tx: ReadTransaction): Promise<string> => {
  for (;;) {
    const id = `${randomInt(1, 10)}${String(randomInt(0, 1e11)).padStart(11, '0')}`;
    if (!(await tx.get('account', id))) return id;
  }
};
