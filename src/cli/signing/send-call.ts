import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.ts';
import { commandName } from '../command-name.ts';
import { shellWord } from '../quote.ts';
import { openBody } from './open-body.ts';
import type { CallRequest } from './parse-call.ts';
import { type PortalWay, requestThroughPortal } from './portal-request.ts';
import { TunnelError } from './portal-tunnel.ts';

export interface SentCall {
  /** Names and values in turn, as they were sent. */
  readonly sentHeaders: readonly string[];
  /** Its body is to be read, or destroyed. */
  readonly response: IncomingMessage;
}

/**
 * Sends a request into a VPC; answers when the head of the response has come.
 *
 * @throws CliError when the body cannot be read or no answer comes
 */
export const sendCall = async (
  way: PortalWay,
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
  const outgoing = requestThroughPortal(way, { method, host, target, headers: sent });
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
    if (error instanceof TunnelError) {
      const more = error.isOfCertificate ? ', or add -k to believe any' : '';
      throw new CliError(`${error.message}${more}`, { cause: error });
    }
    throw noAnswer(way.portalUrl, error);
  }
};

const noAnswer = (portalUrl: string, error: unknown): CliError => {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CliError(
    `no answer from the portal at ${portalUrl} (${code ?? message}); see what is there with: ${shellWord(commandName())} status`,
    { cause: error },
  );
};
