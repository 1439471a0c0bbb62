import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { checkTrustPolicy, policyCharacters } from '../check-document.ts';
import { checkPrincipals } from '../check-principals.ts';
import { quotaReached } from '../errors.ts';

/** @throws MalformedPolicyDocument, LimitExceeded */
export const checkTrust = async (
  tx: ReadTransaction,
  document: string,
  { settings }: Pick<RequestContext, 'settings'>,
): Promise<void> => {
  // First, since AWS has words of its own for a principal that is none.
  await checkPrincipals(tx, document);
  checkTrustPolicy(document);
  const limit = settings.quotas.trustPolicyCharacters;
  if (policyCharacters(document) > limit) throw quotaReached('ACLSizePerRole', limit);
};
