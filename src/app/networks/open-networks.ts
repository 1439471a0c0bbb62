import { assertNetnsWorks, thisMachine } from '../../underlay/netns/assert-netns-works.ts';
import { type NamespaceEntry, openNamespaceEntry } from '../../underlay/netns/namespace-entry.ts';
import { Namespaces } from '../../underlay/netns/namespaces.ts';
import { NetnsUnderlay } from '../../underlay/netns/netns-underlay.ts';
import { namespacePrefix } from '../../underlay/netns/network-names.ts';
import { runIp } from '../../underlay/netns/run-ip.ts';
import type { OpenSockets } from '../workers/worker-pool.ts';
import { VpcNetworks, type VpcNetworksOptions } from './vpc-networks.ts';

export interface OpenNetworksOptions
  extends Pick<VpcNetworksOptions, 'store' | 'snapshots' | 'clock' | 'logger'> {
  readonly machine: NetworkMachine;
  /** Who accepts; asked for when it is needed, since it takes sockets from here. */
  readonly acceptor: () => VpcNetworksOptions['acceptor'];
}

export interface OpenNetworks extends Pick<VpcNetworks, 'start' | 'listen' | 'settled' | 'stop'> {
  readonly openSockets: OpenSockets;
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
  ...options
}: OpenNetworksOptions): OpenNetworks => {
  const underlay = new NetnsUnderlay({ prefix, entry });
  const networks = new VpcNetworks({
    ...options,
    prefix,
    namespaces: new Namespaces({ prefix, entry, runIp }),
    underlay,
    acceptor: {
      listen: (place, handle) => acceptor().listen(place, handle),
      unlisten: (vpcId, listenerPort) => acceptor().unlisten(vpcId, listenerPort),
      forgetSockets: (vpcId) => acceptor().forgetSockets(vpcId),
    },
  });
  return {
    start: () => networks.start(),
    listen: () => networks.listen(),
    settled: () => networks.settled(),
    stop: () => networks.stop(),
    openSockets: (vpcId, family, count) => underlay.openForDial(vpcId, family, count),
  };
};
