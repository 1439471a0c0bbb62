import { createSecureContext } from 'node:tls';
import { CliError, usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { declaredPortal } from '../declared-portal.ts';
import { nextCommand } from '../next-command.ts';
import { choosePortal, listPortals, networkWarning, portalUrlOf } from '../portals.ts';
import { printable } from '../printable.ts';
import type { Streams } from '../program.ts';
import { chooseCredentials, type IdentityOptions } from '../signing/choose-credentials.ts';
import { parseListenAddress } from '../signing/listen-address.ts';
import { type SigningProxyOptions, startSigningProxy } from '../signing/signing-proxy.ts';
import { onStopSignals } from '../signing/stop-signals.ts';
import { trustedCertificates } from '../trust.ts';

export interface SignProxyOptions extends DataOption, IdentityOptions {
  readonly vpc?: string;
  /** Of the VPC, or the id of an instance or network interface in it. */
  readonly address?: string;
  readonly listen: string;
  readonly https?: boolean;
  readonly allowRemote?: boolean;
  readonly allowBrowsers?: boolean;
}

/** How long requests in flight may take once it is told to stop. */
const STOP_MS = 10_000;

/** Runs the proxy in the foreground until a signal stops it. */
export const runSignProxy = async (
  options: SignProxyOptions,
  streams: Streams,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> => {
  const address = parseListenAddress(options.listen);
  if (!address.isLocal && options.allowRemote !== true) {
    throw usageError(
      `whoever reaches \`${options.listen}\` could send requests as this caller; listen on 127.0.0.1, or add --allow-remote if that is what you want`,
    );
  }
  const { instance, client } = connect(options);
  const portal = choosePortal(await listPortals(client), options.vpc);
  const portalUrl = portalUrlOf(portal);
  const warning = networkWarning(portal);
  if (warning !== undefined) streams.err.write(warning);
  const credentials = chooseCredentials(options, instance, env);
  // What is wrong with them is better said now than with each request.
  const { accessKeyId } = await credentials.current();
  const proxy = await start({
    host: address.host,
    port: address.port,
    portalUrl: declaredPortal(portalUrl, options.address),
    scheme: options.https === true ? 'https' : 'http',
    trust: { context: createSecureContext({ ca: trustedCertificates(instance.dataDir, env) }) },
    region: instance.region,
    credentials,
    allowBrowsers: options.allowBrowsers === true,
    onRefused: (request, requestId) =>
      streams.err.write(refusedText(instance.dataDir, request, requestId)),
  });
  const stopped = new Promise<void>((resolve) => {
    const forget = onStopSignals(() => {
      const timer = setTimeout(proxy.cut, STOP_MS);
      void proxy.stop().finally(() => {
        clearTimeout(timer);
        forget();
        resolve();
      });
    }, proxy.cut);
  });
  streams.out.write(
    `signs with ${printable(accessKeyId)}, into ${printable(portal.vpcId)}${options.https === true ? ' over TLS' : ''}: ${proxy.url}\nuse it with: http_proxy=${proxy.url} COMMAND\n`,
  );
  await stopped;
};

const start = async (options: SigningProxyOptions) => {
  try {
    return await startSigningProxy(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CliError(
      `cannot listen on ${options.host}:${options.port} (${code ?? message}); choose another port with --listen`,
      { cause: error },
    );
  }
};

/** Without the query, which may hold what is nobody's business. */
const refusedText = (dataDir: string, request: string, requestId: string | undefined): string => {
  const [shown = ''] = request.split('?');
  const why =
    requestId === undefined
      ? ''
      : `; see why with: ${nextCommand(dataDir, 'explain', printable(requestId))}`;
  return `pergola: 403 for ${printable(shown)}${why}\n`;
};
