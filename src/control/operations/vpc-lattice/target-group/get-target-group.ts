import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { serviceArnsOf, targetGroupAnswer } from './target-group-answer.ts';

export const getTargetGroup = latticeRead<'GetTargetGroup'>(async (tx, input, context) => {
  const group = await resolveResource(tx, 'targetGroup', input.targetGroupIdentifier, context);
  return {
    ...targetGroupAnswer(group),
    createdAt: new Date(group.createdAt),
    lastUpdatedAt: new Date(group.lastUpdatedAt),
    serviceArns: serviceArnsOf(group, context),
  };
});
