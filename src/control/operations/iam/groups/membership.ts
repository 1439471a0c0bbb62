import type { IamGroup } from '../../../../lattice/identity.ts';
import { groupAnswer } from '../answers.ts';
import { byName, findEntity } from '../entities.ts';
import { quotaReached } from '../errors.ts';
import { DONE, iamRead, iamWrite } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';

/** A user that is in the group already stays in it. */
export const addUserToGroup = iamWrite<'AddUserToGroup'>(async (tx, input, context) => {
  const group = await findEntity(tx, 'iamGroup', input.GroupName, context);
  const user = await findEntity(tx, 'iamUser', input.UserName, context);
  const id = `${group.id}/${user.id}`;
  if (await tx.get('groupMembership', id)) return DONE;
  const limit = context.settings.quotas.groupsPerUser;
  if ((await tx.count('groupMembership', { index: 'user', equals: user.id })) >= limit) {
    throw quotaReached('GroupsPerUser', limit);
  }
  const now = context.now.toISOString();
  await tx.insert('groupMembership', {
    id,
    accountId: group.accountId,
    groupId: group.id,
    userId: user.id,
    createdAt: now,
    lastUpdatedAt: now,
  });
  return DONE;
});

/** Done as well when the user was not in the group. */
export const removeUserFromGroup = iamWrite<'RemoveUserFromGroup'>(async (tx, input, context) => {
  const group = await findEntity(tx, 'iamGroup', input.GroupName, context);
  const user = await findEntity(tx, 'iamUser', input.UserName, context);
  await tx.delete('groupMembership', `${group.id}/${user.id}`);
  return DONE;
});

export const listGroupsForUser = iamRead<'ListGroupsForUser'>(async (tx, input, context) => {
  const user = await findEntity(tx, 'iamUser', input.UserName, context);
  const { items: members } = await tx.list('groupMembership', { index: 'user', equals: user.id });
  const groups: IamGroup[] = [];
  for (const { groupId } of members) {
    const group = await tx.get('iamGroup', groupId);
    if (group) groups.push(group);
  }
  const filter = { user: user.id };
  const { items, rest } = iamPage(groups, byName, input, context, 'ListGroupsForUser', filter);
  return { Groups: items.map(groupAnswer), ...rest };
});
