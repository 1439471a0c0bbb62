import { roleSummary } from '../answers.ts';
import { byName, entitiesOf } from '../entities.ts';
import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';

export const listRoles = iamRead<'ListRoles'>(async (tx, input, context) => {
  const { PathPrefix } = input;
  const roles = await entitiesOf(tx, 'iamRole', PathPrefix, context);
  const { items, rest } = iamPage(roles, byName, input, context, 'ListRoles', { PathPrefix });
  return { Roles: items.map(roleSummary), ...rest };
});
