import { noSuchDelegationSet, noSuchHostedZone } from '../errors.ts';
import { zoneIdOf, zonesOf } from '../find-zone.ts';
import { pageFrom, pageSize } from '../paging.ts';
import { route53Read } from '../route53-operation.ts';
import { zoneAnswer } from '../zone-answer.ts';

const MOST_ITEMS = 100;

/** In order of creation; a marker is the id of the zone with which the page begins. */
export const listHostedZones = route53Read<'ListHostedZones'>(async (tx, input, context) => {
  if (input.DelegationSetId !== undefined) {
    throw noSuchDelegationSet(`There is no delegation set ${input.DelegationSetId}.`);
  }
  const size = pageSize(input.MaxItems, MOST_ITEMS);
  const zones = await zonesOf(tx, context);
  const marker = zoneIdOf(input.Marker ?? '');
  const first = marker === '' ? 0 : zones.findIndex(({ id }) => id === marker);
  if (first < 0) throw noSuchHostedZone(marker);
  const { page, next } = pageFrom(zones, first, size);
  return {
    HostedZones: await Promise.all(page.map((zone) => zoneAnswer(tx, zone))),
    Marker: input.Marker ?? '',
    IsTruncated: next !== undefined,
    NextMarker: next?.id,
    MaxItems: String(size),
  };
});
