import { beginDelete } from '../../../lifecycle/begin-delete.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettledAssociation } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteServiceNetworkVpcAssociation =
  latticeWrite<'DeleteServiceNetworkVpcAssociation'>(async (tx, input, context) => {
    const kind = 'serviceNetworkVpcAssociation';
    const identifier = input.serviceNetworkVpcAssociationIdentifier;
    const association = await resolveResource(tx, kind, identifier, context);
    requireSettledAssociation(association, 'SERVICE_NETWORK_VPC_ASSOCIATION');
    const { id, arn } = association;
    return { id, arn, status: await beginDelete(tx, kind, association, context) };
  });
