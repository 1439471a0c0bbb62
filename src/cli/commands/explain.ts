import { askExplanation } from '../ask-explanation.ts';
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
  if (requestId === '') {
    throw usageError('the id is empty; give what the answer has in its header x-amzn-requestid');
  }
  const { client } = connect(options);
  const { explanation, others } = await askExplanation(client, requestId);
  output.write(
    options.json === true
      ? `${JSON.stringify(explanation, undefined, 2)}\n`
      : `${explanationLines(explanation, painter(output), others).join('\n')}\n`,
  );
};
