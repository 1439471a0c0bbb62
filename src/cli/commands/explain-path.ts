import type { ExplainPathRequest, ExplainPathResponse } from '../../protocol/generated/pergola.ts';
import type { ApiClient } from '../api-client.ts';
import { usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { pathLines } from '../path-text.ts';
import { choosePortal, listPortals, type Portal } from '../portals.ts';
import { type Output, painter } from '../style.ts';

export interface ExplainPathOptions extends DataOption {
  /** `VPC`, `VPC/ADDRESS`, or the id of an instance or network interface. */
  readonly from: string;
  readonly json?: boolean;
}

type Place = Pick<ExplainPathRequest, 'vpcId' | 'from'>;

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

const parsePlace = async (text: string, client: ApiClient): Promise<Place> =>
  /^(?:i|eni)-[0-9a-f]+$/.test(text) ? { from: text } : placeIn(text, await listPortals(client));

/** `VPC` or `VPC/ADDRESS`. Names may have slashes, too: what is a VPC as a whole is that VPC. */
export const placeIn = (text: string, portals: readonly Portal[]): Place => {
  const isVpc = portals.some(({ vpcId, name }) => vpcId === text || name === text);
  const slash = isVpc ? -1 : text.lastIndexOf('/');
  if (slash < 0) return { vpcId: choosePortal(portals, text).vpcId };
  const { vpcId } = choosePortal(portals, text.slice(0, slash));
  const from = text.slice(slash + 1);
  if (from === '') {
    throw usageError(
      `\`${text}\` has no address behind the slash: give VPC/ADDRESS, or VPC for somebody in it`,
    );
  }
  return { vpcId, from };
};
