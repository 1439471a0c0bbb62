import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { associatedNetwork, vpcAssociationAnswer } from './vpc-association-answer.ts';

export const getServiceNetworkVpcAssociation = latticeRead<'GetServiceNetworkVpcAssociation'>(
  async (tx, input, context) => {
    const association = await resolveResource(
      tx,
      'serviceNetworkVpcAssociation',
      input.serviceNetworkVpcAssociationIdentifier,
      context,
    );
    return {
      ...vpcAssociationAnswer(association),
      ...(await associatedNetwork(tx, association)),
      vpcId: association.vpcId,
      createdAt: new Date(association.createdAt),
      lastUpdatedAt: new Date(association.lastUpdatedAt),
    };
  },
);
