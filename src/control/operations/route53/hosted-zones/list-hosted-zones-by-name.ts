import { formatDomainName, orderOfName, parseDomainName } from '../domain-name.ts';
import { invalidInput } from '../errors.ts';
import { zoneIdOf, zonesOf } from '../find-zone.ts';
import { pageFrom, pageSize } from '../paging.ts';
import { route53Read } from '../route53-operation.ts';
import { zoneAnswer } from '../zone-answer.ts';

const MOST_ITEMS = 100;

/** In order of names, from the last label to the first, then of ids. */
export const listHostedZonesByName = route53Read<'ListHostedZonesByName'>(
  async (tx, input, context) => {
    const { DNSName: name, HostedZoneId: id } = input;
    if (id !== undefined && name === undefined) {
      throw invalidInput('HostedZoneId can be given only together with DNSName.');
    }
    const size = pageSize(input.MaxItems, MOST_ITEMS);
    const ordered = (await zonesOf(tx, context))
      .map((zone) => ({ zone, order: `${orderOfName(zone.name)}\0\0${zone.id}` }))
      .sort((a, b) => (a.order < b.order ? -1 : 1));
    const from =
      name === undefined ? '' : `${orderOfName(parseDomainName(name))}\0\0${zoneIdOf(id ?? '')}`;
    const first = ordered.findIndex(({ order }) => order >= from);
    const { page, next } = pageFrom(ordered, first < 0 ? ordered.length : first, size);
    return {
      HostedZones: await Promise.all(page.map(({ zone }) => zoneAnswer(tx, zone))),
      DNSName: name,
      HostedZoneId: id,
      IsTruncated: next !== undefined,
      NextDNSName: next && formatDomainName(next.zone.name),
      NextHostedZoneId: next?.zone.id,
      MaxItems: String(size),
    };
  },
);
