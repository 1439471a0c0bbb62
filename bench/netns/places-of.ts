import type { NamespaceEntry } from '../../src/underlay/netns/namespace-entry.ts';
import { instanceNamespace, namespacePrefix } from '../../src/underlay/netns/network-names.ts';
import { TARGET_ADDRESS } from '../pergola/data-folder.ts';
import { CLIENT_ADDRESS, type Inhabitants } from '../pergola/inhabit-folder.ts';
import { type Approach, type Place, placeIn } from './place.ts';

/** Any address of services will do. */
const SERVICE_ADDRESS = '169.254.171.33';

/** Where targets and clients of an inhabited folder are while Pergola runs on it with netns. */
export const placesOf = (
  entry: NamespaceEntry,
  dataDir: string,
  { clientId, targetId }: Inhabitants,
): { readonly target: Place; readonly approach: Approach } => {
  const prefix = namespacePrefix(dataDir);
  const placeOf = (id: string, address: string) =>
    placeIn(entry, instanceNamespace(prefix, id), address);
  return {
    target: placeOf(targetId, TARGET_ADDRESS),
    approach: { from: placeOf(clientId, CLIENT_ADDRESS), address: SERVICE_ADDRESS },
  };
};
