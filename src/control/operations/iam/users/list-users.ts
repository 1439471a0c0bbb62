import { userSummary } from '../answers.ts';
import { byName, entitiesOf } from '../entities.ts';
import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';

export const listUsers = iamRead<'ListUsers'>(async (tx, input, context) => {
  const { PathPrefix } = input;
  const users = await entitiesOf(tx, 'iamUser', PathPrefix, context);
  const { items, rest } = iamPage(users, byName, input, context, 'ListUsers', { PathPrefix });
  return { Users: items.map(userSummary), ...rest };
});
