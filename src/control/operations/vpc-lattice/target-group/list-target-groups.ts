import { listPage } from '../../../pagination.ts';
import { latticeRead } from '../shapes.ts';
import { targetGroupSummary } from './target-group-answer.ts';

export const listTargetGroups = latticeRead<'ListTargetGroups'>(async (tx, input, context) => {
  const { accountId } = context.caller;
  const { vpcIdentifier, targetGroupType } = input;
  const page = await listPage(
    tx,
    'targetGroup',
    vpcIdentifier === undefined
      ? { index: 'account', equals: accountId }
      : { index: 'vpc', equals: vpcIdentifier },
    input,
    { accountId, operation: 'ListTargetGroups', filter: { vpcIdentifier, targetGroupType } },
    (group) =>
      group.accountId === accountId &&
      (targetGroupType === undefined || group.type === targetGroupType),
  );
  return { ...page, items: page.items.map((group) => targetGroupSummary(group, context)) };
});
