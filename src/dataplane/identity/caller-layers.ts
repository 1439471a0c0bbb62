import { findAwsManagedPolicy } from '../../lattice/aws-managed-policies.ts';
import type { PolicyLayer } from '../../policy/authorize.ts';
import { type CallerLayer, callerLayers } from '../../policy/caller-layers.ts';
import type { AccountPart, PrincipalPart } from '../../snapshot/parts.ts';
import { compiledPolicy, type PolicyHolder } from './compiled-policies.ts';
import type { IdentityParts } from './identity-parts.ts';

/** A policy of a caller, not compiled yet. */
interface NamedHolder {
  readonly holder: PolicyHolder;
  /** In reasons. */
  readonly name: string;
}

/** The policies are those of the moment at which the layer was made; they are compiled when first asked for. */
class CallerPolicyLayer implements PolicyLayer<CallerLayer> {
  readonly name: CallerLayer;
  readonly #holders: readonly NamedHolder[];
  #policies: PolicyLayer['policies'] | undefined;

  constructor(name: CallerLayer, holders: readonly NamedHolder[]) {
    this.name = name;
    this.#holders = holders;
  }

  get policies(): PolicyLayer['policies'] {
    this.#policies ??= this.#holders.map(({ holder, name }) => compiledPolicy(holder, name));
    return this.#policies;
  }
}

/** Policies that were handed over when a session was made. */
export interface SessionPolicies {
  readonly inline: PolicyHolder | undefined;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
}

/**
 * What limits a caller.
 *
 * @param principal absent for the root of the account
 * @param session absent where the caller has no session, or one without policies
 */
export const layersOfCaller = (
  parts: IdentityParts,
  account: AccountPart,
  principal: PrincipalPart | undefined,
  session: SessionPolicies | undefined,
): readonly PolicyLayer<CallerLayer>[] => {
  const levels = account.organization?.serviceControlPolicies ?? [];
  const { permissionsBoundary } = principal ?? {};
  return callerLayers<NamedHolder, PolicyLayer<CallerLayer>>(
    {
      serviceControl: levels.map((level) => level.map((holder) => ({ holder, name: holder.name }))),
      identity: principal && identityPolicies(parts, principal),
      boundary:
        permissionsBoundary === undefined
          ? undefined
          : managedPolicies(parts, [permissionsBoundary]),
      session: session && sessionPolicies(parts, session),
    },
    (name, holders) => new CallerPolicyLayer(name, holders),
  );
};

const sessionPolicies = (
  parts: IdentityParts,
  { inline, attached }: SessionPolicies,
): NamedHolder[] => [
  ...(inline === undefined ? [] : [{ holder: inline, name: 'session policy' }]),
  ...managedPolicies(parts, attached),
];

const identityPolicies = (parts: IdentityParts, principal: PrincipalPart): NamedHolder[] => {
  const holders = policiesOf(parts, principal, `${principal.type} ${principal.name}`);
  for (const id of principal.groupIds) {
    const group = parts.groups.get(id);
    if (group !== undefined) holders.push(...policiesOf(parts, group, `group ${group.name}`));
  }
  return holders;
};

const policiesOf = (
  parts: IdentityParts,
  { inlinePolicies, attachedPolicies }: Pick<PrincipalPart, 'inlinePolicies' | 'attachedPolicies'>,
  owner: string,
): NamedHolder[] => [
  ...inlinePolicies.map((holder) => ({ holder, name: `${holder.name} of ${owner}` })),
  ...managedPolicies(parts, attachedPolicies),
];

/** One that is gone allows nothing. */
const managedPolicies = (parts: IdentityParts, arns: readonly string[]): NamedHolder[] =>
  arns.flatMap((arn) => {
    const holder = parts.managedPolicies.get(arn) ?? findAwsManagedPolicy(arn);
    return holder === undefined ? [] : [{ holder, name: arn }];
  });
