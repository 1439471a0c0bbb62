import { existsSync, readdirSync } from 'node:fs';
import type { NetworkReport } from '../../control/network-report.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { assertNetnsWorks, thisMachine } from '../../underlay/netns/assert-netns-works.ts';
import {
  NAMESPACE_FOLDER,
  type NamespaceEntry,
  openNamespaceEntry,
} from '../../underlay/netns/namespace-entry.ts';
import { Namespaces, removeNamespaces } from '../../underlay/netns/namespaces.ts';
import { NetnsUnderlay } from '../../underlay/netns/netns-underlay.ts';
import { namespacePrefix } from '../../underlay/netns/network-names.ts';
import { ResolverFiles } from '../../underlay/netns/resolver-files.ts';
import { runIp } from '../../underlay/netns/run-ip.ts';
import type { OpenSockets } from '../workers/socket-handover.ts';
import { NetworkBoard } from './network-board.ts';
import { VpcNetworks, type VpcNetworksOptions } from './vpc-networks.ts';
import { VpcResolvers, type VpcResolversOptions } from './vpc-resolvers.ts';

export interface OpenNetworksOptions
  extends Pick<VpcNetworksOptions, 'store' | 'snapshots' | 'giveUp' | 'clock' | 'logger'> {
  readonly machine: NetworkMachine;
  /** Whether VPCs have ports of this machine, too. */
  readonly hasPorts: boolean;
  /** Who accepts; asked for when it is needed, since it takes sockets from here. Nobody before it is there. */
  readonly acceptor: () =>
    | (VpcNetworksOptions['acceptor'] & VpcResolversOptions['acceptor'])
    | undefined;
}

export interface OpenNetworks extends Pick<VpcNetworks, 'start' | 'listen' | 'settled' | 'stop'> {
  readonly openSockets: OpenSockets;
  readonly report: NetworkReport;
}

/** A machine on which VPCs can be network namespaces. */
export interface NetworkMachine {
  /** What the names of the namespaces begin with. */
  readonly prefix: string;
  readonly entry: NamespaceEntry;
}

/**
 * @param dataDir Absolute.
 * @throws NetnsUnavailableError with everything that is missing; nothing is changed then.
 */
export const checkMachine = async (dataDir: string): Promise<NetworkMachine> => {
  const prefix = namespacePrefix(dataDir);
  const entry = await assertNetnsWorks(thisMachine(runIp, openNamespaceEntry), prefix);
  return { prefix, entry };
};

/** VPCs as network namespaces. */
export const openNetworks = ({
  machine: { prefix, entry },
  acceptor,
  hasPorts,
  ...options
}: OpenNetworksOptions): OpenNetworks => {
  const underlay = new NetnsUnderlay({ prefix, entry });
  const board = new NetworkBoard({ hasPorts });
  const accepting = () => {
    const one = acceptor();
    if (one === undefined) throw new Error('nobody accepts connections yet');
    return one;
  };
  const networks = new VpcNetworks({
    ...options,
    board,
    prefix,
    namespaces: new Namespaces({
      prefix,
      entry,
      runIp,
      resolverFiles: new ResolverFiles(prefix),
    }),
    underlay,
    resolvers: new VpcResolvers({
      open: (vpcId, address) => underlay.openResolver(vpcId, address),
      acceptor: {
        resolve: (vpcId, address, sockets) => accepting().resolve(vpcId, address, sockets),
        unresolve: (vpcId, address) => acceptor()?.unresolve(vpcId, address),
      },
    }),
    acceptor: {
      listen: (place, handle) => accepting().listen(place, handle),
      unlisten: (vpcId, listenerPort) => acceptor()?.unlisten(vpcId, listenerPort),
      forgetSockets: (vpcId) => acceptor()?.forgetSockets(vpcId),
    },
  });
  return {
    start: () => networks.start(),
    listen: () => networks.listen(),
    settled: () => networks.settled(),
    stop: () => networks.stop(),
    report: board,
    openSockets: (vpcId, family, count) => underlay.openForDial(vpcId, family, count),
  };
};

/**
 * Removes the networks of an earlier run that ended at once, when this one has none: nobody else
 * would. Whoever may not do that is told.
 */
export const removeLeftNetworks = async (dataDir: string, logger: Logger): Promise<void> => {
  const prefix = namespacePrefix(dataDir);
  // These may be left alone: a restart of the machine takes the namespaces along.
  removeLeftFiles(prefix, logger);
  const isLeft =
    existsSync(NAMESPACE_FOLDER) &&
    readdirSync(NAMESPACE_FOLDER).some((name) => name.startsWith(prefix));
  if (!isLeft) return;
  await removeNamespaces(prefix, runIp).catch((error: Error) => {
    logger.warn('networks of an earlier run are left: start once with `--underlay netns`', {
      prefix,
      error: error.message,
    });
  });
};

const removeLeftFiles = (prefix: string, logger: Logger): void => {
  try {
    new ResolverFiles(prefix).removeAll();
  } catch (error) {
    logger.warn('files of an earlier run are left below /etc/netns: start once as root', {
      prefix,
      error: (error as Error).message,
    });
  }
};
