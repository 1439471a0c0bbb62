import { conflict } from '../../../errors.ts';
import { removeServiceNetwork } from '../../../lifecycle/remove.ts';
import { resolveResource } from '../resolve.ts';
import { latticeWrite } from '../shapes.ts';
import { associationCounts } from './service-network-answer.ts';

export const deleteServiceNetwork = latticeWrite<'DeleteServiceNetwork'>(
  async (tx, input, context) => {
    const network = await resolveResource(
      tx,
      'serviceNetwork',
      input.serviceNetworkIdentifier,
      context,
    );
    const counts = await associationCounts(tx, network.id);
    if (counts.numberOfAssociatedVPCs > 0) throw stillAssociated(network.id, 'VPC(s)');
    if (counts.numberOfAssociatedServices > 0) throw stillAssociated(network.id, 'service(s)');
    await removeServiceNetwork(tx, network);
    return {};
  },
);

const stillAssociated = (id: string, what: string) =>
  conflict('SERVICE_NETWORK', id, `ServiceNetwork ${id} has ${what} associated`);
