import type { ExplainPathRequest, ExplainPathResponse } from '../../protocol/generated/pergola.ts';
import { connect, type DataOption } from '../connect.ts';
import { pathLines } from '../path-text.ts';
import { choosePortal, listPortals } from '../portals.ts';
import { type Output, painter } from '../style.ts';

export interface ExplainPathOptions extends DataOption {
  /** `VPC`, `VPC/ADDRESS` or `VPC/eni-…`. */
  readonly from: string;
  readonly json?: boolean;
}

const CLOSED = 3;

/** Tells whether clients at a place get a connection to a service; answers the exit code: 0 they do, 3 they do not. */
export const runExplainPath = async (
  url: string,
  options: ExplainPathOptions,
  output: Output,
): Promise<number> => {
  const { client } = connect(options);
  const slash = options.from.lastIndexOf('/');
  const vpc = slash < 0 ? options.from : options.from.slice(0, slash);
  const place = slash < 0 ? undefined : options.from.slice(slash + 1);
  const { vpcId } = choosePortal(await listPortals(client), vpc);
  const body: ExplainPathRequest = {
    vpcId,
    url,
    ...(place === undefined ? {} : { from: place }),
  };
  const { path } = await client.call<ExplainPathResponse>('pergola', 'POST', '/paths', { body });
  output.write(
    options.json === true
      ? `${JSON.stringify(path, undefined, 2)}\n`
      : `${pathLines(path, painter(output)).join('\n')}\n`,
  );
  return path.isOpen ? 0 : CLOSED;
};
