import { targetKey } from '../../../../lattice/target-key.ts';
import { listPage } from '../../../pagination.ts';
import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { portOf, targetAnswer } from './port.ts';
import { targetStatus } from './target-status.ts';

export const listTargets = latticeRead<'ListTargets'>(async (tx, input, context) => {
  const group = await resolveResource(tx, 'targetGroup', input.targetGroupIdentifier, context);
  // An empty list chooses nothing in particular, as no list.
  const chosen = input.targets?.length
    ? new Set(input.targets.map(({ id, port }) => targetKey(id, portOf(group, port))))
    : undefined;
  const page = await listPage(
    tx,
    'target',
    { index: 'targetGroup', equals: group.id },
    input,
    {
      accountId: context.caller.accountId,
      operation: 'ListTargets',
      filter: { targetGroup: group.id, targets: chosen && [...chosen].sort().join(' ') },
    },
    ({ targetId, port }) => chosen === undefined || chosen.has(targetKey(targetId, port)),
  );
  const items = page.items.map((target) => ({
    ...targetAnswer(target),
    ...targetStatus(target, group, context.targetHealth),
  }));
  return { ...page, items };
});
