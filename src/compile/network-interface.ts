import type { NetworkInterfacePart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';

export const compileNetworkInterface = (
  index: DocumentIndex,
  id: string,
): NetworkInterfacePart | undefined => {
  const document = index.get('networkInterface', id);
  if (!document) return undefined;
  return {
    kind: 'networkInterface',
    id,
    vpcId: document.vpcId,
    accountId: document.accountId,
    subnetId: document.subnetId,
    addresses: [...document.privateIpAddresses, ...document.ipv6Addresses],
    securityGroupIds: document.groupIds,
  };
};
