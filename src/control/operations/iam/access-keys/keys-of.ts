import type { AccessKey } from '../../../../lattice/account.ts';
import type { IamUser } from '../../../../lattice/identity.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { deleteConflictText, noSuchEntity } from '../errors.ts';

/** Keys of a user, or, without one, of the root of the caller's account. */
export const keysOf = async (
  tx: ReadTransaction,
  user: IamUser | undefined,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<readonly AccessKey[]> => {
  if (user) return (await tx.list('accessKey', { index: 'user', equals: user.id })).items;
  const { items } = await tx.list('accessKey', { index: 'account', equals: caller.accountId });
  return items.filter(({ userId }) => userId === undefined);
};

/** @throws NoSuchEntity */
export const findKeyOf = async (
  tx: ReadTransaction,
  user: IamUser | undefined,
  accessKeyId: string,
  context: Pick<RequestContext, 'caller'>,
): Promise<AccessKey> => {
  const key = (await keysOf(tx, user, context)).find(({ id }) => id === accessKeyId);
  if (!key) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
  return key;
};

/** Our own rule: nobody could make the account's root a new key, or give the account back. */
export const assertNotLastOfRoot = async (
  tx: ReadTransaction,
  key: AccessKey,
  context: Pick<RequestContext, 'caller'>,
): Promise<void> => {
  if (key.userId !== undefined) return;
  const others = await keysOf(tx, undefined, context);
  if (others.some(({ id, active }) => active && id !== key.id)) return;
  throw deleteConflictText(
    'this is the last active access key of the root of the account; create another one first',
  );
};
