import { resolvePolicyResource } from '../policy-resource.ts';
import { latticeWrite } from '../shapes.ts';
import { acceptAuthPolicy } from './accept-policy.ts';
import { authPolicyState } from './auth-policy-state.ts';

export const putAuthPolicy = latticeWrite<'PutAuthPolicy'>(async (tx, input, context) => {
  const { document: resource } = await resolvePolicyResource(tx, input.resourceIdentifier, context);
  const policy = acceptAuthPolicy(input.policy, context.settings.quotas.authPolicyBytes);
  const before = await tx.get('authPolicy', resource.id);
  const now = context.now.toISOString();
  const document = {
    id: resource.id,
    accountId: resource.accountId,
    policy,
    createdAt: before?.createdAt ?? now,
    lastUpdatedAt: now,
  };
  await (before ? tx.update('authPolicy', document) : tx.insert('authPolicy', document));
  return { policy, state: authPolicyState(resource) };
});
