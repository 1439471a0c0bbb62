import type { HostedZone } from '../../../lattice/hosted-zone.ts';
import type {
  HostedZone as HostedZoneAnswer,
  VPC,
  VPCRegion,
} from '../../../protocol/generated/route53.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { formatDomainName } from './domain-name.ts';
import { FIXED_SETS } from './record-sets/fixed-record-sets.ts';

export const zoneAnswer = async (
  tx: ReadTransaction,
  { id, name, callerReference, comment }: HostedZone,
): Promise<HostedZoneAnswer> => ({
  Id: `/hostedzone/${id}`,
  Name: formatDomainName(name),
  CallerReference: callerReference,
  Config: { ...(comment !== undefined && { Comment: comment }), PrivateZone: true },
  ResourceRecordSetCount: FIXED_SETS + (await tx.count('recordSet', { index: 'zone', equals: id })),
});

export const vpcAnswer = (id: string, { settings }: Pick<RequestContext, 'settings'>): VPC => ({
  // An instance is of one region; whether AWS has it too is of no interest here.
  VPCRegion: settings.region as VPCRegion,
  VPCId: id,
});
