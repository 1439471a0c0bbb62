import type { AddressMapping } from '../../../lattice/vpc.ts';
import { invalid, quotaExceeded } from '../../errors.ts';
import { assertMayMap } from './assert-may-map.ts';
import { mappedHost } from './mapped-host.ts';
import { mappedAddress, mappingId, mappingPlace } from './mapping-place.ts';
import { pergolaWrite } from './pergola-operation.ts';

/** Against a loop that went wrong; ours. */
const MAX_MAPPINGS_PER_VPC = 10_000;

/**
 * Sets where an address of a VPC is found on this machine; replaces what was set for the same address
 * and port. What would never count is refused: others may still be taken away.
 */
export const putAddressMapping = pergolaWrite<'PutAddressMapping'>(async (tx, input, context) => {
  const place = await mappingPlace(tx, input.vpcId, context);
  if (context.networks !== undefined) {
    throw invalid(
      'with the underlay `netns` addresses are real, and none is mapped: run what answers there on an instance that has the address',
    );
  }
  const { vpc, participantId } = place;
  const address = mappedAddress(input.address, place);
  await assertMayMap(tx, address, place);
  const host = await mappedHost(tx, input.host, context.caller);
  const id = mappingId(vpc.id, address, input.port);
  const before = await tx.get('addressMapping', id);
  const mapped = {
    vpcId: vpc.id,
    address,
    ...(input.port === undefined ? {} : { port: input.port }),
    host,
    ...(input.hostPort === undefined ? {} : { hostPort: input.hostPort }),
  };
  const now = context.now.toISOString();
  const document: AddressMapping = {
    id,
    accountId: participantId ?? vpc.accountId,
    ...mapped,
    createdAt: before?.createdAt ?? now,
    lastUpdatedAt: now,
  };
  if (before) {
    await tx.update('addressMapping', document);
    return mapped;
  }
  if (
    (await tx.count('addressMapping', { index: 'vpc', equals: vpc.id })) >= MAX_MAPPINGS_PER_VPC
  ) {
    throw quotaExceeded(
      'address-mappings-per-vpc',
      'VPC',
      `a VPC can have at most ${MAX_MAPPINGS_PER_VPC} address mappings`,
      vpc.id,
    );
  }
  await tx.insert('addressMapping', document);
  return mapped;
});
