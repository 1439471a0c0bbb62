import type { VPC } from '../../../protocol/generated/route53.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { conflictingDomainExists, invalidVpcId, notAuthorized } from './errors.ts';
import { zonesOf } from './find-zone.ts';

/**
 * The id of a VPC that a zone may be associated with: the caller's own, in the region of the instance.
 * @throws ServiceError InvalidVPCId, NotAuthorizedException
 */
export const ownVpcId = async (
  tx: ReadTransaction,
  { VPCId: id, VPCRegion: region }: VPC,
  { caller, settings }: RequestContext,
): Promise<string> => {
  if (id === undefined) throw invalidVpcId('The VPC ID is missing.');
  const where = `The VPC: ${id} in region ${region ?? settings.region}`;
  if (region !== undefined && region !== settings.region) {
    throw invalidVpcId(`${where} that you provided is not known: this is ${settings.region}.`);
  }
  const vpc = await tx.get('vpc', id);
  if (vpc === undefined) throw invalidVpcId(`${where} that you provided does not exist.`);
  if (vpc.accountId !== caller.accountId) {
    throw notAuthorized(`${where} that you provided is not authorized to make the association.`);
  }
  return id;
};

/**
 * Whoever asks in a VPC finds one zone of each name.
 * @throws ServiceError ConflictingDomainExists
 */
export const assertNoOtherZone = async (
  tx: ReadTransaction,
  vpcId: string,
  name: string,
  context: RequestContext,
): Promise<void> => {
  // Zones of other accounts are not there: nobody associates them with this account's VPC.
  const zones = await zonesOf(tx, context);
  const other = zones.find((zone) => zone.name === name && zone.vpcIds.includes(vpcId));
  if (other !== undefined) {
    throw conflictingDomainExists(
      `The VPC ${vpcId} in region ${context.settings.region} has already been associated with the hosted zone ${other.id} with the same domain name.`,
    );
  }
};
