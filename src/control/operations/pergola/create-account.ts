import { createAccount as makeAccount } from '../../accounts.ts';
import { pergolaWrite } from './pergola-operation.ts';
import { requireOperator } from './visibility.ts';

export const createAccount = pergolaWrite<'CreateAccount'>(async (tx, { name }, context) => {
  await requireOperator(tx, context.caller, 'create accounts');
  const { account, key } = await makeAccount(tx, name, context.now, context.settings.partition);
  return {
    accountId: account.id,
    name: account.name,
    accessKeyId: key.id,
    secretAccessKey: key.secretAccessKey,
  };
});
