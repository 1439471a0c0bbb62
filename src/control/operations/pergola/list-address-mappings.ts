import { isMappingOf, mappingPlace } from './mapping-place.ts';
import { pergolaRead } from './pergola-operation.ts';

export const listAddressMappings = pergolaRead<'ListAddressMappings'>(
  async (tx, { vpcId }, context) => {
    const place = await mappingPlace(tx, vpcId, context);
    const { items } = await tx.list('addressMapping', { index: 'vpc', equals: vpcId });
    return {
      items: items
        .filter((mapping) => isMappingOf(place, mapping))
        .map(({ address, port, host, hostPort }) => ({ address, port, host, hostPort })),
    };
  },
);
