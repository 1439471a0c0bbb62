import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { accessDenied } from '../../errors.ts';
import type { Caller } from '../../operation.ts';

/** The documents that a caller sees: its own account's; the operator sees all. */
export const visibleTo = async (tx: ReadTransaction, caller: Caller): Promise<Selection> =>
  (await isOperator(tx, caller.accountId)) ? {} : { index: 'account', equals: caller.accountId };

/** Part of a query on a kind that has the index `account`. */
export type Selection = { readonly index?: 'account'; readonly equals?: string };

/** @throws AccessDeniedException for callers of any account but the first */
export const requireOperator = async (
  tx: ReadTransaction,
  caller: Caller,
  what: string,
): Promise<void> => {
  if (await isOperator(tx, caller.accountId)) return;
  throw accessDenied(`only the first account, \`default\`, can ${what}; use its profile`);
};
