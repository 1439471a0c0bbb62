import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';

/** There are no VPC endpoints yet, so no network has one. */
export const listServiceNetworkVpcEndpointAssociations =
  latticeRead<'ListServiceNetworkVpcEndpointAssociations'>(async (tx, input, context) => {
    await resolveResource(tx, 'serviceNetwork', input.serviceNetworkIdentifier, context);
    return { items: [] };
  });
