import { conflict } from '../../../errors.ts';
import { beginDelete } from '../../../lifecycle/begin-delete.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteTargetGroup = latticeWrite<'DeleteTargetGroup'>(async (tx, input, context) => {
  const group = await resolveResource(tx, 'targetGroup', input.targetGroupIdentifier, context);
  const { id, arn } = group;
  requireSettled(group, 'TARGET_GROUP');
  if (group.serviceId !== undefined) {
    throw conflict(
      'TARGET_GROUP',
      id,
      `Target group ${id} is in use by service ${group.serviceId}.`,
    );
  }
  const targets = await tx.count('target', { index: 'targetGroup', equals: id });
  if (targets > 0) {
    throw conflict(
      'TARGET_GROUP',
      id,
      `Target group ${id} has registered or draining targets. Deregister them first.`,
    );
  }
  return { id, arn, status: await beginDelete(tx, 'targetGroup', group, context) };
});
