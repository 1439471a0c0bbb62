import type { ExplainPathRequest, ExplainPathResponse } from '../../protocol/generated/pergola.ts';
import type { ApiClient } from '../api-client.ts';
import { connect, type DataOption } from '../connect.ts';
import { pathLines } from '../path-text.ts';
import { choosePortal, listPortals } from '../portals.ts';
import { type Output, painter } from '../style.ts';

export interface ExplainPathOptions extends DataOption {
  /** `VPC`, `VPC/ADDRESS`, or the id of an instance or network interface. */
  readonly from: string;
  readonly json?: boolean;
}

const CLOSED = 3;

/**
 * Tells whether clients at a place get a connection to a service, by each address of the place; answers
 * the exit code: 0 they do by all of them, 3 they do not.
 */
export const runExplainPath = async (
  url: string,
  options: ExplainPathOptions,
  output: Output,
): Promise<number> => {
  const { client } = connect(options);
  const body: ExplainPathRequest = { url, ...(await parsePlace(options.from, client)) };
  const { paths } = await client.call<ExplainPathResponse>('pergola', 'POST', '/paths', { body });
  output.write(
    options.json === true
      ? `${JSON.stringify(paths, undefined, 2)}\n`
      : `${paths.map((path) => pathLines(path, painter(output)).join('\n')).join('\n\n\n')}\n`,
  );
  return paths.every(({ isOpen }) => isOpen) ? 0 : CLOSED;
};

const parsePlace = async (
  text: string,
  client: ApiClient,
): Promise<Pick<ExplainPathRequest, 'vpcId' | 'from'>> => {
  if (/^(?:i|eni)-[0-9a-f]+$/.test(text)) return { from: text };
  const slash = text.lastIndexOf('/');
  const vpc = slash < 0 ? text : text.slice(0, slash);
  const { vpcId } = choosePortal(await listPortals(client), vpc);
  return { vpcId, ...(slash < 0 ? {} : { from: text.slice(slash + 1) }) };
};
