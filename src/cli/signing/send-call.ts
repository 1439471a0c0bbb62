import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.ts';
import { commandName } from '../command-name.ts';
import { shellWord } from '../quote.ts';
import { openBody } from './open-body.ts';
import type { CallRequest } from './parse-call.ts';
import type { PortalClient } from './portal-client.ts';
import { TunnelError } from './portal-tunnel.ts';
import type { SentRequest, ServiceAnswer } from './service-request.ts';

export interface SentCall extends Pick<SentRequest, 'httpVersion'> {
  /** Names and values in turn, as they were sent. */
  readonly sentHeaders: readonly string[];
  readonly answer: ServiceAnswer;
}

/**
 * Sends a request into a VPC; answers when the head of the response has come.
 *
 * @throws CliError when the body cannot be read or no answer comes
 */
export const sendCall = async (
  client: PortalClient,
  { scheme, httpVersion, method, host, target, headers, body }: CallRequest,
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
  try {
    const outgoing = await client.send({
      scheme,
      ...(httpVersion !== undefined && { httpVersion }),
      method,
      host,
      target,
      headers: sent,
    });
    // Whatever goes wrong with the body ends the request, which says so itself.
    if (stream === undefined) outgoing.body.end();
    else pipeline(stream, outgoing.body).catch(() => {});
    return {
      httpVersion: outgoing.httpVersion,
      sentHeaders: ['host', host, ...sent],
      answer: await outgoing.answer,
    };
  } catch (error) {
    if (error instanceof TunnelError) {
      const more = error.isOfCertificate ? ', or add -k to believe any' : '';
      throw new CliError(`${error.message}${more}`, { cause: error });
    }
    throw noAnswer(client.portalUrl, error);
  }
};

const noAnswer = (portalUrl: string, error: unknown): CliError => {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CliError(
    `no answer from the portal at ${portalUrl} (${code ?? message}); see what is there with: ${shellWord(commandName())} status`,
    { cause: error },
  );
};
