import { createWriteStream, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createSecureContext, TLSSocket } from 'node:tls';
import { type ApiClient, ApiError } from '../api-client.ts';
import { askExplanation } from '../ask-explanation.ts';
import { CliError, usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { explanationLines } from '../explanation-text.ts';
import type { Instance } from '../instance.ts';
import { choosePortal, listPortals, networkWarning } from '../portals.ts';
import { printable } from '../printable.ts';
import { chooseCredentials, type IdentityOptions } from '../signing/choose-credentials.ts';
import { type CallFlags, type CallRequest, parseCall } from '../signing/parse-call.ts';
import type { PortalWay } from '../signing/portal-request.ts';
import { TunnelAgent } from '../signing/portal-tunnel.ts';
import { type SentCall, sendCall } from '../signing/send-call.ts';
import { signRequest } from '../signing/sign-request.ts';
import { tlsLines } from '../signing/tls-lines.ts';
import { type Output, painter } from '../style.ts';
import { trustedCertificates } from '../trust.ts';

export interface CallOptions extends DataOption, IdentityOptions, CallFlags {
  readonly vpc?: string;
  readonly include?: boolean;
  readonly verbose?: boolean;
  readonly insecure?: boolean;
  readonly output?: string;
  readonly fail?: boolean;
}

/** As curl has it for --fail. */
const FAILED_BY_STATUS = 22;

/**
 * Signs a request and sends it as a client in a VPC; the body of the answer goes to `out`, everything
 * else to `err`. Answers 0 when an answer came, 22 with --fail when it was an error.
 */
export const runCall = async (
  url: string,
  options: CallOptions,
  out: Writable,
  err: Output,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> => {
  const call = parseCall(url, options);
  if (call.body === undefined) refuseBodyAsFolder(options.data);
  const { instance, client } = connect(options);
  const portal = choosePortal(await listPortals(client), options.vpc);
  const warning = networkWarning(portal);
  if (warning !== undefined) err.write(warning);
  const signature =
    options.anonymous === true
      ? {}
      : signRequest(
          call,
          await chooseCredentials(options, instance, env).current(),
          instance.region,
          new Date(),
        );
  const way = wayTo(call, portal.url, instance, options, env);
  const sent = await sendCall(way, call, signature);
  const { response } = sent;
  if (options.verbose === true) err.write(verboseText(call, sent, portal));
  const isFailed = options.fail === true && (response.statusCode ?? 0) >= 400;
  if (isFailed) {
    response.destroy();
    err.write(`pergola: the answer was ${response.statusCode}\n`);
  } else {
    await writeAnswer(response, options, out);
  }
  if (response.statusCode === 403) await explain(client, response, err);
  return isFailed ? FAILED_BY_STATUS : 0;
};

const wayTo = (
  { scheme }: CallRequest,
  portalUrl: string,
  { dataDir }: Instance,
  { insecure = false }: CallOptions,
  env: NodeJS.ProcessEnv,
): PortalWay => {
  if (scheme === 'http') return { scheme, portalUrl, agent: false };
  const context = createSecureContext({ ca: trustedCertificates(dataDir, env) });
  const agent = new TunnelAgent(portalUrl, { context, isInsecure: insecure });
  return { scheme, portalUrl, agent };
};

/** For curl `--data` is the long form of -d, and many write it so. */
const refuseBodyAsFolder = (data: string | undefined): void => {
  if (data === undefined || isFolder(data)) return;
  throw usageError(
    `there is no folder \`${data}\`, and --data names the data folder; for the body of the request give -d`,
  );
};

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

const writeAnswer = async (
  response: IncomingMessage,
  { include, output }: CallOptions,
  out: Writable,
): Promise<void> => {
  const sink = output === undefined ? out : createWriteStream(output);
  if (include === true) sink.write(`${headOf(response).join('\r\n')}\r\n\r\n`, 'latin1');
  try {
    await pipeline(response, sink, { end: sink !== out });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // A reader that went away (pergola call … | head -1) is no failure of ours.
    if (code === 'EPIPE') return;
    const what =
      output !== undefined && response.complete
        ? `cannot write \`${output}\``
        : 'the answer ended before it was complete';
    throw new CliError(`${what} (${code ?? message})`, { cause: error });
  }
};

const headOf = ({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage) => [
  `HTTP/${httpVersion} ${statusCode} ${statusMessage}`,
  ...fieldLines(rawHeaders),
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

const verboseText = (
  { method, target }: CallRequest,
  { sentHeaders, response }: SentCall,
  portal: { readonly url: string; readonly vpcId: string },
): string => {
  const shown = sentHeaders.map((text, index) =>
    index % 2 === 1 && SECRET_FIELDS.has((sentHeaders[index - 1] ?? '').toLowerCase())
      ? '(hidden)'
      : text,
  );
  const lines = [
    `* in ${portal.vpcId}, through ${portal.url}`,
    ...(response.socket instanceof TLSSocket ? tlsLines(response.socket) : []).map(
      (line) => `* ${line}`,
    ),
    ...[`${method} ${target} HTTP/1.1`, ...fieldLines(shown), ''].map((line) => `> ${line}`),
    ...[...headOf(response), ''].map((line) => `< ${line}`),
  ];
  return lines.map((line) => `${printable(line).trimEnd()}\n`).join('');
};

/** Says why a request was refused; nothing when it was the service that refused. */
const explain = async (
  client: ApiClient,
  response: IncomingMessage,
  err: Output,
): Promise<void> => {
  const requestId = response.headers['x-amzn-requestid'];
  if (typeof requestId !== 'string') return;
  try {
    const { explanation, others } = await askExplanation(client, requestId);
    // The body of the answer need not end with its line.
    err.write(`\n\n${explanationLines(explanation, painter(err), others).join('\n')}\n`);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return;
    err.write(`\npergola: no explanation: ${(error as Error).message}\n`);
  }
};
