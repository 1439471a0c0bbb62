import { groupAnswer } from '../answers.ts';
import { byName, entitiesOf } from '../entities.ts';
import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';

export const listGroups = iamRead<'ListGroups'>(async (tx, input, context) => {
  const { PathPrefix } = input;
  const groups = await entitiesOf(tx, 'iamGroup', PathPrefix, context);
  const { items, rest } = iamPage(groups, byName, input, context, 'ListGroups', { PathPrefix });
  return { Groups: items.map(groupAnswer), ...rest };
});
