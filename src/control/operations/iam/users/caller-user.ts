import type { IamUser } from '../../../../lattice/identity.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { findEntity } from '../entities.ts';
import { validationError } from '../errors.ts';

/**
 * The user that a request is about: the named one, or else the caller. Undefined for the root of the
 * account, which is no user.
 *
 * @throws NoSuchEntity for a name that is not there, ValidationError for a session without a name
 */
export const userOrRoot = async (
  tx: ReadTransaction,
  name: string | undefined,
  context: Pick<RequestContext, 'caller'>,
): Promise<IamUser | undefined> => {
  if (name !== undefined) return findEntity(tx, 'iamUser', name, context);
  const { principalArn } = context.caller;
  if (principalArn.endsWith(':root')) return undefined;
  const user = await tx.findUnique('iamUser', 'arn', principalArn);
  if (!user) {
    throw validationError('Must specify userName when calling with non-User credentials');
  }
  return user;
};
