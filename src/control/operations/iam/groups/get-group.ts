import type { IamUser } from '../../../../lattice/identity.ts';
import { groupAnswer, userSummary } from '../answers.ts';
import { byName, findEntity } from '../entities.ts';
import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';

export const getGroup = iamRead<'GetGroup'>(async (tx, input, context) => {
  const group = await findEntity(tx, 'iamGroup', input.GroupName, context);
  const { items: members } = await tx.list('groupMembership', {
    index: 'group',
    equals: group.id,
  });
  const users: IamUser[] = [];
  for (const { userId } of members) {
    const user = await tx.get('iamUser', userId);
    if (user) users.push(user);
  }
  const { items, rest } = iamPage(users, byName, input, context, 'GetGroup', { group: group.id });
  return { Group: groupAnswer(group), Users: items.map(userSummary), ...rest };
});
