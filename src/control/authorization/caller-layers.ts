import type { OrganizationPlace } from '../../lattice/organization.ts';
import type { PolicyLayer } from '../../policy/authorize.ts';
import type { CallerPolicies } from '../caller-policies.ts';
import type { PolicyKind } from './denial.ts';
import { storedPolicies } from './policy-cache.ts';

export type CallerLayer = PolicyLayer<PolicyKind>;

/**
 * The policies that decide about a caller's calls, in the order in which AWS names what refuses ("Policy
 * evaluation logic" in AWS's IAM user guide). None for the root of an account outside an organisation.
 */
export const callerLayers = (
  policies: CallerPolicies | undefined,
  place: OrganizationPlace | undefined,
): readonly CallerLayer[] => {
  const { identity, boundary, session } = policies ?? {};
  return [
    ...(place?.serviceControlPolicies ?? []).map((level) =>
      layer(
        'serviceControl',
        level.map(({ document }) => document),
      ),
    ),
    ...(identity === undefined ? [] : [layer('identity', identity)]),
    ...(boundary === undefined ? [] : [layer('boundary', boundary)]),
    ...(session === undefined ? [] : [layer('session', session)]),
  ];
};

const layer = (name: PolicyKind, texts: readonly string[]): CallerLayer => ({
  name,
  policies: texts.map((text) => storedPolicies.identity.get(text).policy),
});
