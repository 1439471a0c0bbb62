import type { NamespaceEntry } from '../../src/underlay/netns/namespace-entry.ts';
import { removeNamespaces } from '../../src/underlay/netns/namespaces.ts';
import { runIp } from '../../src/underlay/netns/run-ip.ts';
import type { Cleanup } from '../cleanup.ts';
import { BENCH_PREFIX } from './open-entry.ts';
import { type Place, placeIn } from './place.ts';

/** Client, proxy and target, each in a namespace, with a veth pair from the proxy's to each of the others. */
export interface RoutedLab {
  readonly client: Place;
  /** Its address is the one that the client is linked to. */
  readonly proxy: Place;
  readonly target: Place;
}

/** As VPCs have it. */
const MTU = 9001;

/** The least that a proxy between two networks needs: what crosses them costs a peer no less. */
export const makeRoutedLab = async (
  cleanup: Cleanup,
  entry: NamespaceEntry,
): Promise<RoutedLab> => {
  const proxy = `${BENCH_PREFIX}proxy`;
  cleanup.add(() => removeNamespaces(BENCH_PREFIX, runIp));
  const member = async (name: string, network: string): Promise<Place> => {
    const namespace = `${BENCH_PREFIX}${name}`;
    await runIp([], [`netns add ${namespace}`]);
    await runIp(
      ['-n', proxy],
      [
        `link add ${name} mtu ${MTU} type veth peer name eth0 mtu ${MTU} netns ${namespace}`,
        `addr add ${network}.1/24 dev ${name}`,
        `link set ${name} up`,
      ],
    );
    const address = `${network}.10`;
    await runIp(
      ['-n', namespace],
      [
        'link set lo up',
        `addr add ${address}/24 dev eth0`,
        'link set eth0 up',
        `route add default via ${network}.1`,
      ],
    );
    return placeIn(entry, namespace, address);
  };
  await runIp([], [`netns add ${proxy}`]);
  const client = await member('client', '10.0.1');
  const target = await member('target', '10.0.2');
  return { client, proxy: placeIn(entry, proxy, '10.0.1.1'), target };
};
