import { refreshTargetGroupUse, targetGroupIdsOf } from '../../../lifecycle/target-group-use.ts';
import { orTaken } from '../insert.ts';
import { resolveRule } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { requireTargetGroupQuota } from './action.ts';
import { applyUpdate } from './apply-update.ts';
import { ruleAnswer } from './rule-answer.ts';
import { ruleTaken } from './taken.ts';

export const updateRule = latticeWrite<'UpdateRule'>(async (tx, input, context) => {
  const { service, listener, rule: before } = await resolveRule(tx, input, context);
  requireSettled(service, 'SERVICE');
  const rule = await applyUpdate(tx, before, listener, input, context);
  await requireTargetGroupQuota(tx, service.id, [rule.action], context);
  await orTaken(tx.update('rule', rule), ruleTaken);
  const groups = [...targetGroupIdsOf(before.action), ...targetGroupIdsOf(rule.action)];
  await refreshTargetGroupUse(tx, service.id, groups);
  return ruleAnswer(rule);
});
