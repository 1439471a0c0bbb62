import { resolveResource } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { completeHealthCheck, requireHealthCheckable } from './health-check.ts';
import { targetGroupAnswer } from './target-group-answer.ts';

export const updateTargetGroup = latticeWrite<'UpdateTargetGroup'>(async (tx, input, context) => {
  const before = await resolveResource(tx, 'targetGroup', input.targetGroupIdentifier, context);
  requireHealthCheckable(before.type);
  requireSettled(before, 'TARGET_GROUP');
  const { config } = before;
  const healthCheck = completeHealthCheck(input.healthCheck, config.healthCheck, config);
  const group = {
    ...before,
    config: { ...config, healthCheck },
    lastUpdatedAt: context.now.toISOString(),
  };
  await tx.update('targetGroup', group);
  return targetGroupAnswer(group);
});
