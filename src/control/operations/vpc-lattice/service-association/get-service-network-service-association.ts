import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { associationAnswer } from './association-answer.ts';

export const getServiceNetworkServiceAssociation =
  latticeRead<'GetServiceNetworkServiceAssociation'>(async (tx, input, context) => {
    const association = await resolveResource(
      tx,
      'serviceNetworkServiceAssociation',
      input.serviceNetworkServiceAssociationIdentifier,
      context,
    );
    return associationAnswer(tx, association);
  });
