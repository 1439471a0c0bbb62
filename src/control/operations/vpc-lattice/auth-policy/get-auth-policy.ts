import { resolvePolicyResource } from '../policy-resource.ts';
import { latticeRead } from '../shapes.ts';
import { authPolicyState } from './auth-policy-state.ts';

/** A resource without a policy answers without members, which is what AWS's clients expect. */
export const getAuthPolicy = latticeRead<'GetAuthPolicy'>(async (tx, input, context) => {
  const { document: resource } = await resolvePolicyResource(tx, input.resourceIdentifier, context);
  const authPolicy = await tx.get('authPolicy', resource.id);
  if (authPolicy === undefined) return {};
  return {
    policy: authPolicy.policy,
    state: authPolicyState(resource),
    createdAt: new Date(authPolicy.createdAt),
    lastUpdatedAt: new Date(authPolicy.lastUpdatedAt),
  };
});
