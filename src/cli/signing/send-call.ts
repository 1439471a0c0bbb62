import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.ts';
import type { CallBody, CallRequest } from './parse-call.ts';
import { requestThroughPortal } from './portal-request.ts';

export interface SentCall {
  /** Names and values in turn, as they were sent. */
  readonly sentHeaders: readonly string[];
  /** Its body is to be read, or destroyed. */
  readonly response: IncomingMessage;
}

/**
 * Sends a request through a portal; answers when the head of the response has come. Bodies stream.
 *
 * @throws CliError when the body cannot be read or no answer comes
 */
export const sendCall = async (
  portalUrl: string,
  { method, host, target, headers, body }: CallRequest,
  signature: Readonly<Record<string, string>>,
): Promise<SentCall> => {
  const { stream, length } = await openBody(body);
  const sent = [
    ...headers.flat(),
    ...Object.entries(signature).flat(),
    ...(stream === undefined
      ? []
      : length === undefined
        ? ['transfer-encoding', 'chunked']
        : ['content-length', String(length)]),
  ];
  const outgoing = requestThroughPortal(portalUrl, { method, host, target, headers: sent });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
  // Whatever goes wrong with the body ends the request, which says so itself.
  if (stream === undefined) outgoing.end();
  else pipeline(stream, outgoing).catch(() => {});
  try {
    return { sentHeaders: ['host', host, ...sent], response: await answered };
  } catch (error) {
    throw noAnswer(portalUrl, error);
  }
};

const openBody = async (
  body: CallBody | undefined,
): Promise<{ readonly stream?: Readable; readonly length?: number }> => {
  if (body === undefined) return {};
  if (body.kind === 'stdin') return { stream: process.stdin };
  if (body.kind === 'text') {
    const bytes = Buffer.from(body.text);
    return { stream: Readable.from([bytes]), length: bytes.length };
  }
  try {
    const file = await open(body.path);
    const facts = await file.stat();
    const stream = file.createReadStream();
    return facts.isFile() ? { stream, length: facts.size } : { stream };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(`cannot read \`${body.path}\` (${code ?? 'unreadable'})`, { cause: error });
  }
};

const noAnswer = (portalUrl: string, error: unknown): CliError => {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CliError(
    `no answer from the portal at ${portalUrl} (${code ?? message}); see what is there with: pergola status`,
    { cause: error },
  );
};
