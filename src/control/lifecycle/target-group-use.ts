import type { RuleAction } from '../../lattice/resources.ts';
import type { WriteTransaction } from '../../store/store.ts';

/** Ids of the target groups to which an action forwards, whichever form they are named in. */
export const targetGroupIdsOf = (action: RuleAction): string[] =>
  'forward' in action
    ? action.forward.targetGroups.map(({ targetGroupIdentifier }) =>
        targetGroupIdentifier.slice(targetGroupIdentifier.lastIndexOf('/') + 1),
      )
    : [];

/**
 * Notes on target groups whether the service still, or now, forwards to them. To be called when
 * the service's rules have been written, with the groups that they name or named before.
 */
export const refreshTargetGroupUse = async (
  tx: WriteTransaction,
  serviceId: string,
  groupIds: readonly string[],
): Promise<void> => {
  if (groupIds.length === 0) return;
  const rules = await tx.list('rule', { index: 'service', equals: serviceId });
  const used = new Set(rules.items.flatMap(({ action }) => targetGroupIdsOf(action)));
  for (const id of new Set(groupIds)) {
    const group = await tx.get('targetGroup', id);
    if (group === undefined) continue;
    if (used.has(id)) {
      if (group.serviceId !== serviceId) await tx.update('targetGroup', { ...group, serviceId });
    } else if (group.serviceId === serviceId) {
      const { serviceId: _, ...unused } = group;
      await tx.update('targetGroup', unused);
    }
  }
};
