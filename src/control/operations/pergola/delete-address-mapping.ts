import { notFound } from '../../errors.ts';
import { mappableVpc, mappedAddress, mappingId } from './mapping-place.ts';
import { pergolaWrite } from './pergola-operation.ts';

/** Takes away what was set for exactly this address and port; without a port, what was set without one. */
export const deleteAddressMapping = pergolaWrite<'DeleteAddressMapping'>(
  async (tx, { vpcId, address, port }, context) => {
    const vpc = await mappableVpc(tx, vpcId, context);
    const id = mappingId(vpc.id, mappedAddress(address, vpc), port);
    if (!(await tx.delete('addressMapping', id))) {
      const place = port === undefined ? address : `${address} port ${port}`;
      throw notFound('RESOURCE', id, `there is no mapping for \`${place}\` in \`${vpc.id}\``);
    }
    return {};
  },
);
