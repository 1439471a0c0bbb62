import { notFound } from '../../errors.ts';
import { isMappingOf, mappedAddress, mappingId, mappingPlace } from './mapping-place.ts';
import { pergolaWrite } from './pergola-operation.ts';

/** Takes away what was set for exactly this address and port; without a port, what was set without one. */
export const deleteAddressMapping = pergolaWrite<'DeleteAddressMapping'>(
  async (tx, { vpcId, address, port }, context) => {
    const place = await mappingPlace(tx, vpcId, context);
    const id = mappingId(vpcId, mappedAddress(address, place), port);
    const mapping = await tx.get('addressMapping', id);
    if (mapping === undefined || !isMappingOf(place, mapping)) {
      const shown = port === undefined ? address : `${address} port ${port}`;
      throw notFound('RESOURCE', id, `there is no mapping for \`${shown}\` in \`${vpcId}\``);
    }
    await tx.delete('addressMapping', id);
    return {};
  },
);
