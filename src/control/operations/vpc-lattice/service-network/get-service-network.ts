import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { associationCounts, serviceNetworkAnswer } from './service-network-answer.ts';

export const getServiceNetwork = latticeRead<'GetServiceNetwork'>(async (tx, input, context) => {
  const network = await resolveResource(
    tx,
    'serviceNetwork',
    input.serviceNetworkIdentifier,
    context,
  );
  return {
    ...serviceNetworkAnswer(network),
    sharingConfig: network.sharingConfig,
    createdAt: new Date(network.createdAt),
    lastUpdatedAt: new Date(network.lastUpdatedAt),
    ...(await associationCounts(tx, network.id)),
  };
});
