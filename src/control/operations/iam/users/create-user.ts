import { newIamId } from '../../../../lattice/iam-ids.ts';
import { userAnswer } from '../answers.ts';
import { checkBoundary } from '../boundaries.ts';
import { newEntity } from '../entities.ts';
import { iamWrite } from '../iam-operation.ts';
import { withTags } from '../tag-list.ts';

export const createUser = iamWrite<'CreateUser'>(async (tx, input, context) => {
  const id = newIamId('user');
  const common = await newEntity(tx, 'iamUser', id, input.UserName, input.Path ?? '/', context);
  const user = {
    ...common,
    ...(await checkBoundary(tx, input.PermissionsBoundary, context)),
    tags: withTags({}, input.Tags ?? [], 'User', context.settings.quotas.tagsPerResource),
  };
  await tx.insert('iamUser', user);
  return { User: userAnswer(user) };
});
