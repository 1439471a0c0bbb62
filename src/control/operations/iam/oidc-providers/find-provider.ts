import type { OidcProvider } from '../../../../lattice/identity.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { noSuchEntity } from '../errors.ts';

/** @throws NoSuchEntity */
export const findProvider = async (
  tx: ReadTransaction,
  arn: string,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<OidcProvider> => {
  const found = await tx.get('oidcProvider', arn);
  if (found?.accountId !== caller.accountId) {
    throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  }
  return found;
};
