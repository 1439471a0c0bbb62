import { listPage } from '../../../pagination.ts';
import { latticeRead } from '../shapes.ts';
import { serviceNetworkSummary } from './service-network-answer.ts';

export const listServiceNetworks = latticeRead<'ListServiceNetworks'>(
  async (tx, input, context) => {
    const { accountId } = context.caller;
    const page = await listPage(
      tx,
      'serviceNetwork',
      { index: 'account', equals: accountId },
      input,
      { accountId, operation: 'ListServiceNetworks' },
    );
    const items = [];
    for (const network of page.items) items.push(await serviceNetworkSummary(tx, network));
    return { ...page, items };
  },
);
