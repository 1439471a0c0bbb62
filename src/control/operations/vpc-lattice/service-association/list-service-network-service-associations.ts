import { invalid } from '../../../errors.ts';
import { listPage } from '../../../pagination.ts';
import { findResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { associationAnswer } from './association-answer.ts';

/** What does not exist has no associations: AWS's model knows no ResourceNotFoundException here. */
export const listServiceNetworkServiceAssociations =
  latticeRead<'ListServiceNetworkServiceAssociations'>(async (tx, input, context) => {
    const { serviceIdentifier, serviceNetworkIdentifier } = input;
    if (serviceIdentifier === undefined && serviceNetworkIdentifier === undefined) {
      throw invalid('Either serviceIdentifier or serviceNetworkIdentifier is required.');
    }
    const service =
      serviceIdentifier === undefined
        ? undefined
        : await findResource(tx, 'service', serviceIdentifier, context);
    const network =
      serviceNetworkIdentifier === undefined
        ? undefined
        : await findResource(tx, 'serviceNetwork', serviceNetworkIdentifier, context);
    if ((serviceIdentifier && !service) || (serviceNetworkIdentifier && !network)) {
      return { items: [] };
    }
    const page = await listPage(
      tx,
      'serviceNetworkServiceAssociation',
      service === undefined
        ? { index: 'serviceNetwork', equals: network?.id ?? '' }
        : { index: 'service', equals: service.id },
      input,
      {
        accountId: context.caller.accountId,
        operation: 'ListServiceNetworkServiceAssociations',
        filter: { service: service?.id, serviceNetwork: network?.id },
      },
      ({ serviceNetworkId }) => network === undefined || serviceNetworkId === network.id,
    );
    const items = [];
    for (const association of page.items) items.push(await associationAnswer(tx, association));
    return { ...page, items };
  });
