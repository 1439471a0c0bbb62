import type { Target, TargetGroup } from '../../../../lattice/resources.ts';
import { targetDocumentId } from '../../../../lattice/target-key.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { portOf, targetAnswer } from './port.ts';
import { targetStatus } from './target-status.ts';

export const deregisterTargets = latticeWrite<'DeregisterTargets'>(async (tx, input, context) => {
  const group = await resolveResource(tx, 'targetGroup', input.targetGroupIdentifier, context);
  requireSettled(group, 'TARGET_GROUP');
  const successful = [];
  const unsuccessful = [];
  for (const sent of input.targets) {
    const id = targetDocumentId(group.id, sent.id, portOf(group, sent.port));
    const target = await tx.get('target', id);
    if (target === undefined) {
      unsuccessful.push({
        ...sent,
        failureCode: 'TargetNotFound',
        failureMessage: `Target ${sent.id} is not registered with target group ${group.id}`,
      });
      continue;
    }
    await deregister(tx, target, group, context);
    successful.push(targetAnswer(target));
  }
  return { successful, unsuccessful };
});

const deregister = async (
  tx: WriteTransaction,
  target: Target,
  group: TargetGroup,
  context: RequestContext,
): Promise<void> => {
  if (target.drainUntil !== undefined) return;
  if (hasNothingToFinish(target, group, context)) {
    await tx.delete('target', target.id);
    return;
  }
  await tx.update('target', {
    ...target,
    drainUntil: new Date(context.now.getTime() + context.settings.drainMs).toISOString(),
    lastUpdatedAt: context.now.toISOString(),
  });
};

/** AWS gives functions and load balancers no time to finish; unused and new targets need none. */
const hasNothingToFinish = (
  target: Target,
  group: TargetGroup,
  { settings, targetHealth }: RequestContext,
): boolean => {
  if (settings.drainMs === 0 || group.type === 'LAMBDA' || group.type === 'ALB') return true;
  const { status } = targetStatus(target, group, targetHealth);
  return status === 'UNUSED' || status === 'INITIAL';
};
