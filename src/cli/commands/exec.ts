import { spawn } from 'node:child_process';
import { isIP } from 'node:net';
import { constants } from 'node:os';
import { CliError, usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { choosePortal, listPortals, networkWarning } from '../portals.ts';
import type { Output } from '../style.ts';
import { trustEnvironment } from '../trust.ts';

export interface ExecOptions extends DataOption {
  readonly vpc: string;
  /** Of the VPC, or the id of a network interface in it. */
  readonly address?: string;
}

/** Nobody asks for it, but some clients send no user without a password. */
const ANY_PASSWORD = 'vpc';

/** The portal for a client that says where in the VPC it is: as the user name of its proxy. */
export const portalUrlOf = (portalUrl: string, address: string | undefined): string => {
  if (address === undefined) return portalUrl;
  if (isIP(address) === 0 && !address.startsWith('eni-')) {
    throw usageError(
      `bad address \`${address}\`; give one of the VPC, or the id of a network interface in it`,
    );
  }
  return portalUrl.replace('://', `://${encodeURIComponent(address)}:${ANY_PASSWORD}@`);
};

/**
 * The environment that sends a client's HTTP requests into a VPC. Loopback stays direct, so that
 * AWS tools still reach the API; any other value of NO_PROXY would let requests slip past the VPC.
 */
export const proxyEnvironment = (portalUrl: string, apiUrl: string): Record<string, string> => {
  const direct = [...new Set(['localhost', '127.0.0.1', '::1', new URL(apiUrl).hostname])].join(
    ',',
  );
  return {
    http_proxy: portalUrl,
    HTTP_PROXY: portalUrl,
    https_proxy: portalUrl,
    HTTPS_PROXY: portalUrl,
    no_proxy: direct,
    NO_PROXY: direct,
    // Node reads the variables above only when told to (Node 24 and later).
    NODE_USE_ENV_PROXY: '1',
  };
};

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** Runs a command "inside" a VPC; answers its exit code, 128 + n when signal n ended it. */
export const runExec = async (
  command: string,
  parameters: readonly string[],
  options: ExecOptions,
  err: Output,
): Promise<number> => {
  const { instance, client } = connect(options);
  const portal = choosePortal(await listPortals(client), options.vpc);
  const warning = networkWarning(portal);
  if (warning !== undefined) err.write(warning);
  return runWith(command, parameters, {
    ...proxyEnvironment(portalUrlOf(portal.url, options.address), instance.api),
    ...trustEnvironment(instance.dataDir, process.env),
  });
};

export const runWith = (
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    const forwarders = FORWARDED.map((signal) => {
      // A terminal sends Ctrl-C to the whole group; waiting is all that is left to do then.
      const forward = () => {
        if (!(process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')))
          child.kill(signal);
      };
      process.on(signal, forward);
      return () => process.off(signal, forward);
    });
    const stop = () => {
      for (const remove of forwarders) remove();
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      stop();
      // 127 and 126 as in POSIX shells.
      const isMissing = error.code === 'ENOENT';
      const reason = isMissing ? 'there is no such command' : `it cannot be run (${error.code})`;
      reject(
        new CliError(`cannot run \`${command}\`: ${reason}`, {
          exitCode: isMissing ? 127 : 126,
          cause: error,
        }),
      );
    });
    child.once('close', (code, signal) => {
      stop();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
