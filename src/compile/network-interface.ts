import { addressesOf, type Instance, type NetworkInterface } from '../lattice/vpc.ts';
import type { NetworkInterfacePart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { oldestFirst } from './grouped.ts';

/** One that was made by itself, or the one that an instance has until it is terminated. */
export const compileNetworkInterface = (
  index: DocumentIndex,
  id: string,
): NetworkInterfacePart | undefined => {
  const document = index.get('networkInterface', id);
  if (document) return ofDocument(document);
  const [instance] = oldestFirst(index.instancesByInterface.of(id));
  return instance && instance.terminatedAt === undefined ? ofInstance(instance) : undefined;
};

const ofDocument = (document: NetworkInterface): NetworkInterfacePart => {
  const { id, vpcId, accountId, subnetId, privateIpAddresses, ipv6Addresses, groupIds } = document;
  return {
    kind: 'networkInterface',
    ...{ id, vpcId, accountId, subnetId },
    addresses: [...privateIpAddresses, ...ipv6Addresses],
    securityGroupIds: groupIds,
  };
};

const ofInstance = (instance: Instance): NetworkInterfacePart => {
  const { networkInterfaceId: id, vpcId, accountId, subnetId } = instance;
  const { securityGroupIds, id: instanceId } = instance;
  return {
    kind: 'networkInterface',
    ...{ id, vpcId, accountId, subnetId },
    addresses: addressesOf(instance),
    securityGroupIds,
    instanceId,
  };
};
