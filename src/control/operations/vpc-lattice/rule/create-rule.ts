import { ruleArn } from '../../../../lattice/arn.ts';
import { invalid } from '../../../errors.ts';
import { refreshTargetGroupUse, targetGroupIdsOf } from '../../../lifecycle/target-group-use.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { requireQuota } from '../quota.ts';
import { resolveListener } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { acceptAction, requireTargetGroupQuota } from './action.ts';
import { acceptMatch } from './match.ts';
import { ruleAnswer } from './rule-answer.ts';
import { ruleTaken } from './taken.ts';

export const createRule = latticeWrite<'CreateRule'>(async (tx, input, context) => {
  const { service, listener } = await resolveListener(tx, input, context);
  requireSettled(service, 'SERVICE');
  if (listener.protocol === 'TLS_PASSTHROUGH') {
    throw invalid('TLS_PASSTHROUGH listeners have a default rule only.');
  }
  const match = acceptMatch(input.match);
  const action = await acceptAction(tx, input.action, 'action', listener, context);
  // The default rule is one of those that are there, and does not count: as many as with the new one.
  const count = await tx.count('rule', { index: 'listener', equals: listener.id });
  requireQuota('rulesPerListener', count, 'RULE', context, listener.id);
  await requireTargetGroupQuota(tx, service.id, [action], context);
  const id = context.newId('rule');
  const now = context.now.toISOString();
  const rule = {
    id,
    accountId: context.caller.accountId,
    arn: ruleArn(listener.arn, id),
    serviceId: service.id,
    listenerId: listener.id,
    name: input.name,
    isDefault: false,
    priority: input.priority,
    match,
    action,
    createdAt: now,
    lastUpdatedAt: now,
  };
  await insertOrTaken(tx, 'rule', rule, ruleTaken);
  await refreshTargetGroupUse(tx, service.id, targetGroupIdsOf(action));
  await putTags(tx, asTaggable(rule), input.tags, context);
  const { isDefault: _, ...answer } = ruleAnswer(rule);
  return answer;
});
