import { beginDelete } from '../../../lifecycle/begin-delete.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettledAssociation } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteServiceNetworkServiceAssociation =
  latticeWrite<'DeleteServiceNetworkServiceAssociation'>(async (tx, input, context) => {
    const kind = 'serviceNetworkServiceAssociation';
    const identifier = input.serviceNetworkServiceAssociationIdentifier;
    const association = await resolveResource(tx, kind, identifier, context);
    requireSettledAssociation(association, 'SERVICE_NETWORK_SERVICE_ASSOCIATION');
    const { id, arn } = association;
    return { id, arn, status: await beginDelete(tx, kind, association, context) };
  });
