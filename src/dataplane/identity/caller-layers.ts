import { findAwsManagedPolicy } from '../../lattice/aws-managed-policies.ts';
import type { PolicyLayer } from '../../policy/authorize.ts';
import type { AccountPart, PrincipalPart } from '../../snapshot/parts.ts';
import type { CallerLayer } from '../auth/caller.ts';
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
 * What limits a caller, in the order in which AWS looks at it ("Policy evaluation logic" in its IAM
 * user guide): service control policies, a layer for each level of the organisation; identity-based
 * policies; permissions boundary; session policy. The first that refuses is named to the caller, so
 * somebody without any policy is told that no identity-based policy allows the action, whatever a
 * boundary or session would have said, unless the organisation refuses already.
 *
 * @param principal absent for the root of the account, whom only service control policies limit
 * @param session absent where the caller has no session, or one without policies
 */
export const callerLayers = (
  parts: IdentityParts,
  account: AccountPart,
  principal: PrincipalPart | undefined,
  session: SessionPolicies | undefined,
): readonly PolicyLayer<CallerLayer>[] => {
  const layers: PolicyLayer<CallerLayer>[] = [];
  for (const level of account.organization?.serviceControlPolicies ?? []) {
    const holders = level.map((holder) => ({ holder, name: holder.name }));
    layers.push(new CallerPolicyLayer('service control policy', holders));
  }
  if (principal !== undefined) {
    layers.push(new CallerPolicyLayer('identity-based policy', identityPolicies(parts, principal)));
    const { permissionsBoundary } = principal;
    if (permissionsBoundary !== undefined) {
      const holders = managedPolicies(parts, [permissionsBoundary]);
      layers.push(new CallerPolicyLayer('permissions boundary', holders));
    }
  }
  if (session !== undefined) {
    const holders = managedPolicies(parts, session.attached);
    if (session.inline !== undefined) {
      holders.unshift({ holder: session.inline, name: 'session policy' });
    }
    layers.push(new CallerPolicyLayer('session policy', holders));
  }
  return layers;
};

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
