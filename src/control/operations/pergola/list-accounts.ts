import { isOperator } from '../../accounts.ts';
import { pergolaRead } from './pergola-operation.ts';

/** All accounts for the operator, its own for any other caller. */
export const listAccounts = pergolaRead<'ListAccounts'>(async (tx, _input, { caller }) => {
  const { items } = await tx.list('account');
  const seesAll = await isOperator(tx, caller.accountId);
  return {
    items: items
      .filter(({ id }) => seesAll || id === caller.accountId)
      .map(({ id, name, createdAt }) => ({
        accountId: id,
        name,
        createdAt: new Date(createdAt),
      })),
  };
});
