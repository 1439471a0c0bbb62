import { newIamId } from '../../../../lattice/iam-ids.ts';
import { groupAnswer } from '../answers.ts';
import { newEntity } from '../entities.ts';
import { iamWrite } from '../iam-operation.ts';

export const createGroup = iamWrite<'CreateGroup'>(async (tx, input, context) => {
  const id = newIamId('group');
  const group = await newEntity(tx, 'iamGroup', id, input.GroupName, input.Path ?? '/', context);
  await tx.insert('iamGroup', group);
  return { Group: groupAnswer(group) };
});
