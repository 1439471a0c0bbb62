import type { DirectoryEntry, ListDirectoryResponse } from '../../protocol/generated/pergola.ts';
import { connect, type DataOption } from '../connect.ts';
import { printableValues } from '../printable.ts';
import type { Output } from '../style.ts';
import { table } from '../table.ts';

export interface DirectoryOptions extends DataOption {
  readonly json?: boolean;
}

export const runDirectory = async (options: DirectoryOptions, output: Output): Promise<void> => {
  const { client } = connect(options);
  const { items } = await client.call<ListDirectoryResponse>('pergola', 'GET', '/directory');
  output.write(
    options.json === true ? `${JSON.stringify(items, undefined, 2)}\n` : renderDirectory(items),
  );
};

/** The service directory as a table: where each service is reached, and whose it is. */
export const renderDirectory = (items: readonly DirectoryEntry[]): string => {
  if (items.length === 0) {
    return 'no services yet; create one with: aws vpc-lattice create-service --name NAME\n';
  }
  const rows = printableValues(items).map((entry) => [
    entry.name,
    entry.status,
    entry.ownerName ?? entry.owner,
    entry.listeners.map((listener) => `${listener.protocol} ${listener.port}`).join(', ') || '-',
    entry.networks.map((network) => network.name ?? network.id).join(', ') || '-',
    entry.customDomainName ?? entry.domainName,
  ]);
  return `${table(['SERVICE', 'STATUS', 'OWNER', 'LISTENERS', 'NETWORKS', 'HOST'], rows)}\n`;
};
