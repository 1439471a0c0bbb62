import { groupArn } from '../../../../lattice/iam-arn.ts';
import { assertNameFree, findEntity } from '../entities.ts';
import { DONE, iamWrite } from '../iam-operation.ts';

export const updateGroup = iamWrite<'UpdateGroup'>(async (tx, input, context) => {
  const group = await findEntity(tx, 'iamGroup', input.GroupName, context);
  const { NewGroupName: name = group.name, NewPath: path = group.path } = input;
  if (name.toLowerCase() !== group.name.toLowerCase()) {
    await assertNameFree(tx, 'iamGroup', name, context);
  }
  await tx.update('iamGroup', {
    ...group,
    name,
    path,
    arn: groupArn(context.settings.partition, group.accountId, path, name),
    lastUpdatedAt: context.now.toISOString(),
  });
  return DONE;
});
