import { connect, type DataOption } from '../connect.ts';
import { nextCommand } from '../next-command.ts';
import { printable, printableValues } from '../printable.ts';
import type { Output } from '../style.ts';
import { table } from '../table.ts';

export interface AccountOptions extends DataOption {
  readonly json?: boolean;
}

interface CreatedAccount {
  readonly accountId: string;
  readonly name: string;
  readonly accessKeyId: string;
}

interface ListedAccount {
  readonly accountId: string;
  readonly name: string;
  readonly createdAt?: string;
}

/** Creates an account; its keys go into the credentials file and are not shown. */
export const runAccountCreate = async (
  name: string,
  options: AccountOptions,
  output: Output,
): Promise<void> => {
  const { instance, client } = connect(options);
  const account = await client.call<CreatedAccount>('pergola', 'POST', '/accounts', {
    body: { name },
  });
  if (options.json === true) {
    const { accountId, accessKeyId } = account;
    const shown = { accountId, name, accessKeyId, credentials: instance.credentialsFile };
    output.write(`${JSON.stringify(shown)}\n`);
    return;
  }
  output.write(
    [
      `account ${printable(account.accountId)} is profile \`${name}\` in ${instance.credentialsFile}`,
      `use it with: eval "$(${nextCommand(instance.dataDir, 'env', '--account', name)})"`,
      '',
    ].join('\n'),
  );
};

export const runAccountList = async (options: AccountOptions, output: Output): Promise<void> => {
  const { client } = connect(options);
  const { items } = await client.call<{ items: readonly ListedAccount[] }>(
    'pergola',
    'GET',
    '/accounts',
  );
  if (options.json === true) {
    output.write(`${JSON.stringify(items, undefined, 2)}\n`);
    return;
  }
  const rows = printableValues(items).map((item) => [
    item.name,
    item.accountId,
    item.createdAt ?? '',
  ]);
  output.write(`${table(['NAME', 'ACCOUNT', 'CREATED'], rows)}\n`);
};
