import type { ManagedPolicy } from '../../../../lattice/identity.ts';
import type { Policy } from '../../../../protocol/generated/iam.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { toTagList } from '../tag-list.ts';

/** How often the caller's account uses a policy. */
export const policyUse = async (
  tx: ReadTransaction,
  arn: string,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<{ readonly attachments: number; readonly boundaries: number }> => {
  const attachments = await tx.count('policyAttachment', {
    index: 'policy',
    equals: `${caller.accountId}/${arn}`,
  });
  let boundaries = 0;
  for (const kind of ['iamUser', 'iamRole'] as const) {
    const { items } = await tx.list(kind, { index: 'boundary', equals: arn });
    boundaries += items.filter(({ accountId }) => accountId === caller.accountId).length;
  }
  return { attachments, boundaries };
};

/** As in lists: without description and tags. */
export const policySummary = async (
  tx: ReadTransaction,
  policy: ManagedPolicy,
  context: Pick<RequestContext, 'caller'>,
): Promise<Policy> => {
  const { attachments, boundaries } = await policyUse(tx, policy.arn, context);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.lastUpdatedAt),
  };
};

export const policyAnswer = async (
  tx: ReadTransaction,
  policy: ManagedPolicy,
  context: Pick<RequestContext, 'caller'>,
): Promise<Policy> => ({
  ...(await policySummary(tx, policy, context)),
  ...(policy.description === undefined ? {} : { Description: policy.description }),
  Tags: toTagList(policy.tags),
});
