import type { ServiceNetworkServiceAssociation } from '../../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../../store/store.ts';

/** `Status` without what a service association never is. */
export const associationStatus = ({ status }: ServiceNetworkServiceAssociation) =>
  status as Exclude<
    ServiceNetworkServiceAssociation['status'],
    'UPDATE_IN_PROGRESS' | 'UPDATE_FAILED'
  >;

/** What get and list say of an association; both ends outlive it. */
export const associationAnswer = async (
  tx: ReadTransaction,
  association: ServiceNetworkServiceAssociation,
) => {
  const service = await tx.get('service', association.serviceId);
  const network = await tx.get('serviceNetwork', association.serviceNetworkId);
  return {
    id: association.id,
    status: associationStatus(association),
    arn: association.arn,
    createdBy: association.createdBy,
    createdAt: new Date(association.createdAt),
    serviceId: association.serviceId,
    serviceName: service?.name,
    serviceArn: service?.arn,
    serviceNetworkId: association.serviceNetworkId,
    serviceNetworkName: network?.name,
    serviceNetworkArn: network?.arn,
    dnsEntry: service?.dnsEntry,
    customDomainName: service?.customDomainName,
  };
};
