import type { GetExplanationResponse } from '../../protocol/generated/pergola.ts';
import { rfc3986 } from '../api-client.ts';
import { usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { explanationLines } from '../explanation-text.ts';
import { type Output, painter } from '../style.ts';

export interface ExplainOptions extends DataOption {
  readonly json?: boolean;
}

/** Tells why a request was refused; an id that is not known is an ApiError, exit code 1. */
export const runExplain = async (
  requestId: string,
  options: ExplainOptions,
  output: Output,
): Promise<void> => {
  // No URL can have them as a segment of its path, escaped or not.
  if (requestId === '' || requestId === '.' || requestId === '..') {
    throw usageError(
      `\`${requestId}\` cannot be asked for; send the request again with another x-amzn-requestid`,
    );
  }
  const { client } = connect(options);
  const path = `/explanations/${rfc3986(requestId)}`;
  const { explanation } = await client.call<GetExplanationResponse>('pergola', 'GET', path);
  output.write(
    options.json === true
      ? `${JSON.stringify(explanation, undefined, 2)}\n`
      : `${explanationLines(explanation, painter(output)).join('\n')}\n`,
  );
};
