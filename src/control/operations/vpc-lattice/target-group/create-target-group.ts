import { targetGroupArn } from '../../../../lattice/arn.ts';
import { alreadyExists } from '../../../errors.ts';
import { begun } from '../../../lifecycle/transition.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { resolveUsableVpc } from '../owned-vpc.ts';
import { requireQuota } from '../quota.ts';
import { latticeWrite } from '../shapes.ts';
import { completeConfig } from './config.ts';
import { targetGroupAnswer } from './target-group-answer.ts';

export const createTargetGroup = latticeWrite<'CreateTargetGroup'>(async (tx, input, context) => {
  const { accountId } = context.caller;
  const { name, type } = input;
  const config = completeConfig(type, input.config);
  if (config.vpcIdentifier !== undefined) await resolveUsableVpc(tx, config.vpcIdentifier, context);
  const count = await tx.count('targetGroup', { index: 'account', equals: accountId });
  requireQuota('targetGroupsPerRegion', count + 1, 'TARGET_GROUP', context);
  const id = context.newId('targetGroup');
  const now = context.now.toISOString();
  const group = {
    id,
    accountId,
    arn: targetGroupArn(context.settings, accountId, id),
    name,
    type,
    config,
    createdAt: now,
    lastUpdatedAt: now,
    ...begun('CREATE_IN_PROGRESS', context),
  };
  await insertOrTaken(tx, 'targetGroup', group, ({ holder }) =>
    alreadyExists('TARGET_GROUP', holder, `Target group with name ${name}`),
  );
  await putTags(tx, asTaggable(group), input.tags, context);
  return targetGroupAnswer(group);
});
