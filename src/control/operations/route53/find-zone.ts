import type { HostedZone } from '../../../lattice/hosted-zone.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { noSuchHostedZone } from './errors.ts';

/** `Z…` of an id that may be written as answers have it: `/hostedzone/Z…`. */
export const zoneIdOf = (text: string): string => text.replace(/^\/?hostedzone\//, '');

/**
 * The caller's hosted zone with this id; another account's is as good as none.
 * @throws ServiceError NoSuchHostedZone
 */
export const findZone = async (
  tx: ReadTransaction,
  text: string,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<HostedZone> => {
  const id = zoneIdOf(text);
  const zone = await tx.get('hostedZone', id);
  if (zone?.accountId !== caller.accountId) throw noSuchHostedZone(id);
  return zone;
};

/** All zones of the caller, in order of creation. */
export const zonesOf = async (
  tx: ReadTransaction,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<readonly HostedZone[]> =>
  (await tx.list('hostedZone', { index: 'account', equals: caller.accountId })).items;
