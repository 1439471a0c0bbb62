import { assertNetnsWorks, thisMachine } from '../../underlay/netns/assert-netns-works.ts';
import { openNamespaceEntry } from '../../underlay/netns/namespace-entry.ts';
import { Namespaces } from '../../underlay/netns/namespaces.ts';
import { NetnsUnderlay } from '../../underlay/netns/netns-underlay.ts';
import { namespacePrefix } from '../../underlay/netns/network-names.ts';
import { runIp } from '../../underlay/netns/run-ip.ts';
import type { OpenSockets } from '../workers/worker-pool.ts';
import { VpcNetworks, type VpcNetworksOptions } from './vpc-networks.ts';

export interface OpenNetworksOptions
  extends Pick<VpcNetworksOptions, 'store' | 'snapshots' | 'clock' | 'logger'> {
  /** Absolute; the names of the namespaces come from it. */
  readonly dataDir: string;
  /** Who accepts; asked for when it is needed, since it takes sockets from here. */
  readonly acceptor: () => VpcNetworksOptions['acceptor'];
}

export interface OpenNetworks extends Pick<VpcNetworks, 'start' | 'listen' | 'settled' | 'stop'> {
  readonly prefix: string;
  readonly openSockets: OpenSockets;
}

/**
 * VPCs as network namespaces.
 * @throws NetnsUnavailableError with everything that is missing; nothing is changed then.
 */
export const openNetworks = async ({
  dataDir,
  acceptor,
  ...options
}: OpenNetworksOptions): Promise<OpenNetworks> => {
  const prefix = namespacePrefix(dataDir);
  const entry = await assertNetnsWorks(thisMachine(runIp, openNamespaceEntry), prefix);
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
    prefix,
    start: () => networks.start(),
    listen: () => networks.listen(),
    settled: () => networks.settled(),
    stop: () => networks.stop(),
    openSockets: (vpcId, family, count) => underlay.openForDial(vpcId, family, count),
  };
};
