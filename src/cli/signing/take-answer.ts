import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ApiClient, ApiError } from '../api-client.ts';
import { askExplanation } from '../ask-explanation.ts';
import { CliError } from '../cli-error.ts';
import { explanationLines } from '../explanation-text.ts';
import { printable } from '../printable.ts';
import { type Output, painter } from '../style.ts';
import type { CallRequest } from './parse-call.ts';
import type { SentCall } from './send-call.ts';
import { fieldOf, type ServiceAnswer } from './service-request.ts';
import { tlsLines } from './tls-lines.ts';

/** What of curl's flags is about the answer. */
export interface AnswerOptions {
  readonly include?: boolean;
  readonly verbose?: boolean;
  readonly output?: string;
  readonly fail?: boolean;
}

/** As curl has it for --fail. */
const FAILED_BY_STATUS = 22;

/**
 * Writes an answer as the options want it, and why it was refused if it was; answers the exit code: 22
 * with --fail when it was an error, else 0.
 *
 * @param client asked for explanations
 * @throws CliError when the answer breaks off or cannot be written
 */
export const takeAnswer = async (
  answer: ServiceAnswer,
  options: AnswerOptions,
  client: ApiClient,
  out: Writable,
  err: Output,
): Promise<number> => {
  const { statusCode, body } = answer;
  const isError = options.fail === true && statusCode >= 400;
  if (isError) {
    body.destroy();
    err.write(`pergola: the answer was ${statusCode}\n`);
  } else {
    await writeAnswer(answer, options, out);
  }
  if (options.verbose === true) {
    err.write(linesText(fieldLines(answer.trailers()).map((line) => `< ${line}`)));
  }
  const failed = grpcFailure(answer);
  if (failed !== undefined) err.write(`pergola: the gRPC status was ${printable(failed.text)}\n`);
  if (statusCode === 403 || failed?.status === GRPC_PERMISSION_DENIED) {
    await explain(client, answer, err);
  }
  return isError || (options.fail === true && failed !== undefined) ? FAILED_BY_STATUS : 0;
};

const GRPC_PERMISSION_DENIED = '7';

/** gRPC says how a call ended in fields, which may stand behind the body: its HTTP status is 200. */
const grpcFailure = ({ headers, trailers }: ServiceAnswer) => {
  const of = (name: string) => fieldOf(trailers(), name) ?? fieldOf(headers, name);
  const status = of('grpc-status');
  if (status === undefined || status === '0') return undefined;
  const message = of('grpc-message');
  return { status, text: message === undefined ? status : `${status}: ${decoded(message)}` };
};

/** Messages are percent-encoded; one that is not is shown as it is (gRPC's PROTOCOL-HTTP2 document). */
const decoded = (message: string): string => {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
};

const writeAnswer = async (
  answer: ServiceAnswer,
  { include, output }: AnswerOptions,
  out: Writable,
): Promise<void> => {
  const sink = output === undefined ? out : createWriteStream(output);
  if (include === true) sink.write(`${headOf(answer).join('\r\n')}\r\n\r\n`, 'latin1');
  try {
    await pipeline(answer.body, sink, { end: sink !== out });
  } catch (error) {
    const { code, message, syscall = '' } = error as NodeJS.ErrnoException;
    // A reader that went away (pergola call … | head -1) is no failure of ours.
    if (code === 'EPIPE') return;
    const isOfFile = output !== undefined && /^(?:open|write)$/.test(syscall);
    const what = isOfFile
      ? `cannot write \`${output}\``
      : 'the answer ended before it was complete';
    throw new CliError(`${what} (${code ?? message})`, { cause: error });
  }
};

const headOf = ({ httpVersion, statusCode, statusMessage, headers }: ServiceAnswer) => [
  `HTTP/${httpVersion} ${statusCode} ${statusMessage}`.trimEnd(),
  ...fieldLines(headers),
];

const fieldLines = (raw: readonly string[]): readonly string[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1]}`] : []));

/** What of a request would let others repeat it, or act as the caller. */
const SECRET_FIELDS = new Set([
  'authorization',
  'proxy-authorization',
  'x-amz-security-token',
  'cookie',
]);

/** What was sent and answered, without what is secret in it: a line each. */
export const verboseText = (
  { method, target }: CallRequest,
  { httpVersion, sentHeaders, answer }: SentCall,
  portal: { readonly url: string; readonly vpcId: string },
): string => {
  const shown = sentHeaders.map((text, index) =>
    index % 2 === 1 && SECRET_FIELDS.has((sentHeaders[index - 1] ?? '').toLowerCase())
      ? '(hidden)'
      : text,
  );
  const lines = [
    `* in ${portal.vpcId}, through ${portal.url}`,
    ...(answer.tls === undefined ? [] : tlsLines(answer.tls)).map((line) => `* ${line}`),
    ...[`${method} ${target} HTTP/${httpVersion}`, ...fieldLines(shown), ''].map(
      (line) => `> ${line}`,
    ),
    ...[...headOf(answer), ''].map((line) => `< ${line}`),
  ];
  return linesText(lines);
};

const linesText = (lines: readonly string[]): string =>
  lines.map((line) => `${printable(line).trimEnd()}\n`).join('');

/** Says why a request was refused; nothing when it was the service that refused. */
const explain = async (
  client: ApiClient,
  { headers }: ServiceAnswer,
  err: Output,
): Promise<void> => {
  const requestId = fieldOf(headers, 'x-amzn-requestid');
  if (requestId === undefined) return;
  try {
    const { explanation, others } = await askExplanation(client, requestId);
    // The body of the answer need not end with its line.
    err.write(`\n\n${explanationLines(explanation, painter(err), others).join('\n')}\n`);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return;
    err.write(`\npergola: no explanation: ${(error as Error).message}\n`);
  }
};
