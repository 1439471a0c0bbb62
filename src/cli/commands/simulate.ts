import type { SimulateRequest } from '../../protocol/generated/pergola.ts';
import { askSimulation } from '../ask-explanation.ts';
import { usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { explanationLines } from '../explanation-text.ts';
import { choosePortal, listPortals } from '../portals.ts';
import { readText } from '../read-text.ts';
import { type Output, painter } from '../style.ts';

export interface SimulateOptions extends DataOption {
  readonly as: string;
  readonly vpc: string;
  readonly header?: readonly string[];
  readonly http2?: boolean;
  readonly grpc?: boolean;
  readonly address?: string;
  readonly servicePolicy?: string;
  readonly networkPolicy?: string;
  readonly json?: boolean;
}

const REFUSED = 3;

const GRPC_TYPE = { name: 'content-type', value: 'application/grpc' };

/** Asks what would happen to a request; answers the exit code: 0 it would pass, 3 it would be refused. */
export const runSimulate = async (
  method: string,
  url: string,
  options: SimulateOptions,
  output: Output,
): Promise<number> => {
  const { grpc = false, http2 = grpc } = options;
  const given = (options.header ?? []).map(parseHeader);
  const isTyped = given.some(({ name }) => name.toLowerCase() === 'content-type');
  const headers = grpc && !isTyped ? [...given, GRPC_TYPE] : given;
  const policies = {
    ...(options.servicePolicy === undefined
      ? {}
      : { servicePolicy: readText(options.servicePolicy, 'policy') }),
    ...(options.networkPolicy === undefined
      ? {}
      : { networkPolicy: readText(options.networkPolicy, 'policy') }),
  };
  const { client } = connect(options);
  const { vpcId } = choosePortal(await listPortals(client), options.vpc);
  const body: SimulateRequest = {
    principal: options.as,
    vpcId,
    method,
    url,
    ...(headers.length === 0 ? {} : { headers }),
    ...(http2 ? { http2 } : {}),
    ...(options.address === undefined ? {} : { address: options.address }),
    ...policies,
  };
  const { explanation } = await askSimulation(client, body);
  output.write(
    options.json === true
      ? `${JSON.stringify(explanation, undefined, 2)}\n`
      : `${explanationLines(explanation, painter(output)).join('\n')}\n`,
  );
  return explanation.allowed ? 0 : REFUSED;
};

/** `Name: value`, as curl takes it. */
const parseHeader = (text: string): { readonly name: string; readonly value: string } => {
  const colon = text.indexOf(':');
  if (colon < 1) throw usageError(`bad header \`${text}\`; write it like \`x-tier: gold\``);
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
};
