import { conflict } from '../../../errors.ts';
import { beginDelete } from '../../../lifecycle/begin-delete.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteService = latticeWrite<'DeleteService'>(async (tx, input, context) => {
  const service = await resolveResource(tx, 'service', input.serviceIdentifier, context);
  const { id, arn, name } = service;
  const associations = await tx.count('serviceNetworkServiceAssociation', {
    index: 'service',
    equals: id,
  });
  if (associations > 0) {
    throw conflict('SERVICE', id, `Service ${id} has one or more associated service networks.`);
  }
  requireSettled(service, 'SERVICE');
  return { id, arn, name, status: await beginDelete(tx, 'service', service, context) };
});
