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
  checkTrustPolicy(document);
  const limit = settings.quotas.trustPolicyCharacters;
  if (policyCharacters(document) > limit) throw quotaReached('ACLSizePerRole', limit);
  await checkPrincipals(tx, document);
};
