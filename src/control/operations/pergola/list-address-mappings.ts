import { mappableVpc } from './mapping-place.ts';
import { pergolaRead } from './pergola-operation.ts';

export const listAddressMappings = pergolaRead<'ListAddressMappings'>(
  async (tx, { vpcId }, context) => {
    const vpc = await mappableVpc(tx, vpcId, context);
    const { items } = await tx.list('addressMapping', { index: 'vpc', equals: vpc.id });
    return {
      items: items.map(({ address, port, host, hostPort }) => ({ address, port, host, hostPort })),
    };
  },
);
