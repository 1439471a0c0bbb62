import type { ServiceNetworkVpcAssociation } from '../../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Output } from '../shapes.ts';

type DnsOptionsAnswer = Output<'GetServiceNetworkVpcAssociation'>['dnsOptions'];

/** What create, get and update have in common; security groups in the order in which they were sent. */
export const vpcAssociationAnswer = (association: ServiceNetworkVpcAssociation) => ({
  id: association.id,
  status: association.status,
  arn: association.arn,
  createdBy: association.createdBy,
  securityGroupIds: association.securityGroupIds,
  privateDnsEnabled: association.privateDnsEnabled,
  dnsOptions: dnsOptionsAnswer(association),
});

export const vpcAssociationSummary = async (
  tx: ReadTransaction,
  association: ServiceNetworkVpcAssociation,
): Promise<Output<'ListServiceNetworkVpcAssociations'>['items'][number]> => ({
  id: association.id,
  arn: association.arn,
  status: association.status,
  createdBy: association.createdBy,
  createdAt: new Date(association.createdAt),
  lastUpdatedAt: new Date(association.lastUpdatedAt),
  ...(await associatedNetwork(tx, association)),
  vpcId: association.vpcId,
  privateDnsEnabled: association.privateDnsEnabled,
  dnsOptions: dnsOptionsAnswer(association),
});

export const associatedNetwork = async (
  tx: ReadTransaction,
  { serviceNetworkId }: ServiceNetworkVpcAssociation,
) => {
  const network = await tx.get('serviceNetwork', serviceNetworkId);
  return { serviceNetworkId, serviceNetworkName: network?.name, serviceNetworkArn: network?.arn };
};

const dnsOptionsAnswer = ({ dnsOptions }: ServiceNetworkVpcAssociation) =>
  dnsOptions as DnsOptionsAnswer;
