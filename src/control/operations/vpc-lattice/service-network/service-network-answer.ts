import type { ServiceNetwork } from '../../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Output } from '../shapes.ts';

/** What create and update have in common. */
export const serviceNetworkAnswer = (network: ServiceNetwork) => ({
  id: network.id,
  name: network.name,
  arn: network.arn,
  authType: network.authType,
});

export const serviceNetworkSummary = async (
  tx: ReadTransaction,
  network: ServiceNetwork,
): Promise<Output<'ListServiceNetworks'>['items'][number]> => ({
  id: network.id,
  name: network.name,
  arn: network.arn,
  createdAt: new Date(network.createdAt),
  lastUpdatedAt: new Date(network.lastUpdatedAt),
  ...(await associationCounts(tx, network.id)),
  numberOfAssociatedResourceConfigurations: 0,
});

export const associationCounts = async (tx: ReadTransaction, id: string) => {
  const ofNetwork = { index: 'serviceNetwork', equals: id };
  return {
    numberOfAssociatedVPCs: await tx.count('serviceNetworkVpcAssociation', ofNetwork),
    numberOfAssociatedServices: await tx.count('serviceNetworkServiceAssociation', ofNetwork),
  };
};
