import { resolvePolicyResource } from '../policy-resource.ts';
import { latticeWrite } from '../shapes.ts';
import { requireResourcePolicy } from './accept-policy.ts';

export const putResourcePolicy = latticeWrite<'PutResourcePolicy'>(async (tx, input, context) => {
  const { policy, resourceArn } = input;
  const { kind, document: resource } = await resolvePolicyResource(tx, resourceArn, context);
  requireResourcePolicy(policy, kind);
  const before = await tx.get('resourcePolicy', resource.arn);
  const now = context.now.toISOString();
  const document = {
    id: resource.arn,
    accountId: resource.accountId,
    policy,
    createdAt: before?.createdAt ?? now,
    lastUpdatedAt: now,
  };
  await (before ? tx.update('resourcePolicy', document) : tx.insert('resourcePolicy', document));
  return {};
});
