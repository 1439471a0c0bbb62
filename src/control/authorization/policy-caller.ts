import type { IamRole, IamUser } from '../../lattice/identity.ts';
import { type OrganizationPlace, organizationPlace } from '../../lattice/organization.ts';
import type { PolicyLayer } from '../../policy/authorize.ts';
import { type CallerLayer, callerLayers } from '../../policy/caller-layers.ts';
import { callerValues } from '../../policy/caller-values.ts';
import type { Principal } from '../../policy/principal.ts';
import { mergeTags } from '../../policy/tags.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { callerPolicies, entityOf, isRoot } from '../caller-policies.ts';
import type { Caller, RequestContext } from '../operation.ts';
import type { ControlSettings } from '../settings.ts';
import type { KeyValues } from './key-values.ts';
import { storedPolicies } from './policy-cache.ts';

/** A caller of the API as policies see it. */
export interface PolicyCaller {
  readonly principal: Principal;
  /** Condition keys that depend on the caller alone. */
  readonly keys: KeyValues;
  /** What limits it; nothing for the root of an account outside an organisation. */
  readonly layers: readonly PolicyLayer<CallerLayer>[];
}

/** As of the state that the transaction shows. */
export const policyCaller = async (
  tx: ReadTransaction,
  { caller, settings }: Pick<RequestContext, 'caller' | 'settings'>,
): Promise<PolicyCaller> => {
  const { session } = caller;
  const entity = await entityOf(tx, caller);
  const place = await placeOf(tx, caller, settings);
  const principal = principalOf(caller, entity, place);
  const facts = session && {
    issuedAt: session.issuedAt,
    sourceIdentity: session.sourceIdentity,
    federatedProvider: session.webIdentity?.provider,
  };
  const serviceControl = (place?.serviceControlPolicies ?? []).map((level) =>
    level.map(({ document }) => document),
  );
  return {
    principal,
    keys: Object.fromEntries(callerValues(principal, facts)),
    layers: callerLayers(
      { ...(await callerPolicies(tx, caller, entity)), serviceControl },
      (name, texts) => ({
        name,
        policies: texts.map((text) => storedPolicies.identity.get(text).policy),
      }),
    ),
  };
};

/** Somebody whom an identity provider vouches for: no policy is attached to such a caller. */
export const federatedCaller = (provider: string): PolicyCaller => {
  const principal: Principal = { kind: 'federated', provider };
  return {
    principal,
    keys: Object.fromEntries(callerValues(principal, undefined)),
    layers: [],
  };
};

/** Where the account of a caller stands in its organisation. */
const placeOf = async (
  tx: ReadTransaction,
  { accountId }: Caller,
  { organization }: ControlSettings,
): Promise<OrganizationPlace | undefined> => {
  if (organization === undefined) return undefined;
  const account = await tx.get('account', accountId);
  return account && organizationPlace(organization, account);
};

const principalOf = (
  caller: Caller,
  entity: IamUser | IamRole | undefined,
  place: OrganizationPlace | undefined,
): Principal => {
  const { accountId, principalArn: arn, session } = caller;
  const ofAccount = {
    accountId,
    ...(place && { orgId: place.organizationId, orgPath: place.path }),
  };
  if (isRoot(caller)) return { kind: 'root', arn, ...ofAccount };
  const tags = mergeTags(entity?.tags ?? {}, session?.tags);
  if (session?.roleArn !== undefined) {
    const { roleArn, principalId: userId } = session;
    return { kind: 'roleSession', arn, roleArn, userId, tags, ...ofAccount };
  }
  const named = entity && { userId: entity.id, userName: entity.name };
  return { kind: 'user', arn, ...named, tags, ...ofAccount };
};
