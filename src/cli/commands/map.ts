import { CliError, usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { formatEndpoint, parseHost, parseVpcAddress } from '../endpoint.ts';
import { nextCommand } from '../next-command.ts';
import { choosePortal, listPortals } from '../portals.ts';
import { printable, printableValues } from '../printable.ts';
import type { Output } from '../style.ts';
import { table } from '../table.ts';

export interface MapOptions extends DataOption {
  readonly vpc: string;
  readonly list?: boolean;
  readonly remove?: boolean;
  readonly json?: boolean;
}

interface Mapping {
  readonly address: string;
  readonly port?: number;
  readonly host: string;
  readonly hostPort?: number;
}

/** Adds, lists or removes what stands for an address of a VPC on this machine. */
export const runMap = async (
  address: string | undefined,
  host: string | undefined,
  options: MapOptions,
  output: Output,
): Promise<void> => {
  if (options.list === true && options.remove === true) {
    throw usageError('--list and --remove exclude each other; give one of them');
  }
  if (options.list === true) {
    if (address !== undefined) throw usageError('--list takes no address; leave it out');
    return list(options, output);
  }
  if (address === undefined) {
    throw usageError('which address? give ADDRESS[:PORT] HOST[:PORT], or --list');
  }
  const from = parseVpcAddress(address);
  if (options.remove === true) {
    if (host !== undefined) throw usageError('--remove takes the address only; leave out the host');
    return remove(from, options, output);
  }
  if (host === undefined) {
    throw usageError(`where is \`${address}\`? give HOST[:PORT] after it, such as 127.0.0.1:9001`);
  }
  const to = parseHost(host);
  const { client, vpcId, isMapped } = await open(options);
  if (!isMapped) {
    throw usageError(
      'with --underlay netns addresses are real, and none is mapped: run what answers there with `exec --instance`',
    );
  }
  await client.call('pergola', 'PUT', `/vpcs/${vpcId}/mappings`, {
    body: {
      address: from.host,
      ...(from.port === undefined ? {} : { port: from.port }),
      host: to.host,
      ...(to.port === undefined ? {} : { hostPort: to.port }),
    },
  });
  output.write(
    `${formatEndpoint(from.host, from.port)} in ${printable(vpcId)} is ${formatEndpoint(to.host, to.port)}\n`,
  );
};

const open = async (options: MapOptions) => {
  const { client, instance } = connect(options);
  const { vpcId } = choosePortal(await listPortals(client), options.vpc);
  const { dataDir, namespacePrefix } = instance;
  return { client, vpcId, dataDir, isMapped: namespacePrefix === undefined };
};

const list = async (options: MapOptions, output: Output): Promise<void> => {
  const { client, vpcId } = await open(options);
  const { items } = await client.call<{ items: readonly Mapping[] }>(
    'pergola',
    'GET',
    `/vpcs/${vpcId}/mappings`,
  );
  if (options.json === true) {
    output.write(`${JSON.stringify(items, undefined, 2)}\n`);
    return;
  }
  if (items.length === 0) {
    output.write(
      `no address of ${printable(vpcId)} is mapped; addresses are dialled as they are\n`,
    );
    return;
  }
  const rows = printableValues(items).map((item) => [
    formatEndpoint(item.address, item.port),
    formatEndpoint(item.host, item.hostPort),
  ]);
  output.write(`${table(['ADDRESS', 'HOST'], rows)}\n`);
};

const remove = async (
  from: { readonly host: string; readonly port?: number },
  options: MapOptions,
  output: Output,
): Promise<void> => {
  const { client, vpcId, dataDir } = await open(options);
  const shown = formatEndpoint(from.host, from.port);
  try {
    await client.call(
      'pergola',
      'DELETE',
      `/vpcs/${vpcId}/mappings/${encodeURIComponent(from.host)}`,
      { query: { port: from.port } },
    );
  } catch (error) {
    if ((error as { status?: number }).status !== 404) throw error;
    throw new CliError(
      `\`${shown}\` is not mapped in ${printable(vpcId)}; see what is with: ${listCommand(dataDir, options)}`,
      { cause: error },
    );
  }
  output.write(`${shown} in ${printable(vpcId)} is no longer mapped\n`);
};

const listCommand = (dataDir: string, { vpc, account }: MapOptions): string => {
  const as = account === undefined ? [] : ['--account', account];
  return nextCommand(dataDir, 'map', '--vpc', vpc, '--list', ...as);
};
