import { visibleVpc } from './mapping-place.ts';
import { pergolaRead } from './pergola-operation.ts';

export const listAddressMappings = pergolaRead<'ListAddressMappings'>(
  async (tx, { vpcId }, { caller }) => {
    const vpc = await visibleVpc(tx, vpcId, caller);
    const { items } = await tx.list('addressMapping', { index: 'vpc', equals: vpc.id });
    return {
      items: items.map(({ address, port, host, hostPort }) => ({ address, port, host, hostPort })),
    };
  },
);
