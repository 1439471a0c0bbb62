import { resolveResource } from '../resolve.ts';
import { latticeWrite } from '../shapes.ts';
import { serviceNetworkAnswer } from './service-network-answer.ts';

export const updateServiceNetwork = latticeWrite<'UpdateServiceNetwork'>(
  async (tx, input, context) => {
    const { authType, serviceNetworkIdentifier } = input;
    const before = await resolveResource(tx, 'serviceNetwork', serviceNetworkIdentifier, context);
    const network = { ...before, authType, lastUpdatedAt: context.now.toISOString() };
    await tx.update('serviceNetwork', network);
    return serviceNetworkAnswer(network);
  },
);
