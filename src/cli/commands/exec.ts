import { usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { declaredPortal } from '../declared-portal.ts';
import { namespaceOfInstance, runInNamespace } from '../network-namespace.ts';
import { choosePortal, listPortals, networkWarning, portalUrlOf } from '../portals.ts';
import { runWith } from '../run-with.ts';
import type { Output } from '../style.ts';
import { trustEnvironment } from '../trust.ts';

export interface ExecOptions extends DataOption {
  readonly vpc?: string;
  /** Of the VPC, or the id of an instance or network interface in it. */
  readonly address?: string;
  /** Id of an instance. */
  readonly instance?: string;
}

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

/**
 * Runs a command "inside" a VPC, or on one of its instances; answers its exit code, 128 + n when
 * signal n ended it.
 */
export const runExec = async (
  command: string,
  parameters: readonly string[],
  options: ExecOptions,
  err: Output,
): Promise<number> => {
  if (options.vpc !== undefined && options.instance !== undefined) {
    throw usageError('give either --vpc or --instance');
  }
  if (options.vpc === undefined && options.instance === undefined) {
    throw usageError('give --vpc, the id or Name tag of a VPC, or --instance');
  }
  if (options.instance !== undefined && options.address !== undefined) {
    throw usageError('an instance has its own addresses: leave out --address');
  }
  const { instance, client } = connect(options);
  const trust = trustEnvironment(instance.dataDir, process.env);
  if (options.instance !== undefined) {
    return runInNamespace(
      namespaceOfInstance(instance, options.instance),
      command,
      parameters,
      trust,
    );
  }
  const portal = choosePortal(await listPortals(client), options.vpc);
  const warning = networkWarning(portal);
  if (warning !== undefined) err.write(warning);
  if (instance.namespacePrefix !== undefined) {
    if (options.address !== undefined) {
      throw usageError('with --underlay netns addresses are real: give --instance, not --address');
    }
    const namespace = `${instance.namespacePrefix}${portal.vpcId}`;
    return runInNamespace(namespace, command, parameters, trust);
  }
  return runWith(command, parameters, {
    ...proxyEnvironment(declaredPortal(portalUrlOf(portal), options.address), instance.api),
    ...trust,
  });
};
