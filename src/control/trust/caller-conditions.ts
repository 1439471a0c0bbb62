import type { ReadTransaction } from '../../store/store.ts';
import { entityOf, isRoot } from '../caller-policies.ts';
import type { RequestContext } from '../operation.ts';
import { organizationPlace } from '../organization.ts';
import type { ConditionValues } from './may-assume.ts';

/** Condition keys that say who calls and when ("AWS global condition context keys"). */
export const callerConditions = async (
  tx: ReadTransaction,
  { caller, now, settings }: RequestContext,
): Promise<ConditionValues> => {
  const { session } = caller;
  const entity = await entityOf(tx, caller);
  const account = await tx.get('account', caller.accountId);
  const place = account && organizationPlace(settings.organization, account);
  const tags = { ...entity?.tags, ...session?.tags };
  const isRole = session?.roleId !== undefined;
  const type = isRoot(caller) ? 'Account' : isRole ? 'AssumedRole' : 'User';
  return {
    'aws:PrincipalArn': session?.roleArn ?? caller.principalArn,
    'aws:PrincipalAccount': caller.accountId,
    'aws:PrincipalType': type,
    'aws:userid': session?.principalId ?? caller.userId ?? caller.accountId,
    ...(type === 'User' ? { 'aws:username': entity?.name } : {}),
    'aws:PrincipalOrgID': place?.organizationId,
    ...(place ? { 'aws:PrincipalOrgPaths': [place.path] } : {}),
    'aws:SourceIdentity': session?.sourceIdentity,
    ...(session ? { 'aws:MultiFactorAuthPresent': 'false' } : {}),
    ...(session ? { 'aws:TokenIssueTime': new Date(session.issuedAt * 1000).toISOString() } : {}),
    'aws:FederatedProvider': session?.webIdentity?.provider,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    ...Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
    ),
  };
};
