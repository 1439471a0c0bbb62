import { refreshTargetGroupUse, targetGroupIdsOf } from '../../../lifecycle/target-group-use.ts';
import { resolveListener } from '../resolve.ts';
import { acceptAction, requireTargetGroupQuota } from '../rule/action.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { findDefaultRule } from './default-rule.ts';
import { listenerAnswer } from './listener-answer.ts';

export const updateListener = latticeWrite<'UpdateListener'>(async (tx, input, context) => {
  const { service, listener: before } = await resolveListener(tx, input, context);
  requireSettled(service, 'SERVICE');
  const action = await acceptAction(tx, input.defaultAction, 'defaultAction', before, context);
  await requireTargetGroupQuota(tx, service.id, [action], context);
  const lastUpdatedAt = context.now.toISOString();
  const listener = { ...before, defaultAction: action, lastUpdatedAt };
  await tx.update('listener', listener);
  const defaultRule = await findDefaultRule(tx, listener);
  if (defaultRule) await tx.update('rule', { ...defaultRule, action, lastUpdatedAt });
  const groups = [...targetGroupIdsOf(before.defaultAction), ...targetGroupIdsOf(action)];
  await refreshTargetGroupUse(tx, service.id, groups);
  return listenerAnswer(listener, service);
});
