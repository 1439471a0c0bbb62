import type { IamRole, IamUser } from '../../lattice/identity.ts';
import { type OrganizationPlace, organizationPlace } from '../../lattice/organization.ts';
import type { ReadTransaction } from '../../store/store.ts';
import type { KeyValues } from '../authorization/key-values.ts';
import { entityOf, isRoot } from '../caller-policies.ts';
import type { Caller, RequestContext } from '../operation.ts';
import type { ControlSettings } from '../settings.ts';

/** Condition keys that say who calls and when ("AWS global condition context keys"). */
export const callerConditions = async (
  tx: ReadTransaction,
  { caller, now, settings }: RequestContext,
): Promise<KeyValues> => {
  const entity = await entityOf(tx, caller);
  const place = await placeOf(tx, caller, settings);
  return conditionsOf(caller, { entity, place, now });
};

/** What is known of a caller beside its credentials. */
export interface CallerFacts {
  readonly entity: IamUser | IamRole | undefined;
  readonly place: OrganizationPlace | undefined;
  readonly now: Date;
}

/** Where the account of a caller stands in its organisation. */
export const placeOf = async (
  tx: ReadTransaction,
  { accountId }: Pick<Caller, 'accountId'>,
  { organization }: Pick<ControlSettings, 'organization'>,
): Promise<OrganizationPlace | undefined> => {
  if (organization === undefined) return undefined;
  const account = await tx.get('account', accountId);
  return account && organizationPlace(organization, account);
};

export const conditionsOf = (caller: Caller, { entity, place, now }: CallerFacts): KeyValues => {
  const { session } = caller;
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
